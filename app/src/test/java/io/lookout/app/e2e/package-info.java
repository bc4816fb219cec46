/** What the whole of Lookout promises, asked of the built jar. */
@NullMarked
package io.lookout.app.e2e;

import org.jspecify.annotations.NullMarked;
