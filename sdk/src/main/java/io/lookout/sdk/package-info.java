/** A Micrometer registry that pushes what it has measured to Lookout. */
@NullMarked
package io.lookout.sdk;

import org.jspecify.annotations.NullMarked;
