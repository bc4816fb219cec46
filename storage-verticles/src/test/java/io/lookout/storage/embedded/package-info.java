@NullMarked
package io.lookout.storage.embedded;

import org.jspecify.annotations.NullMarked;
