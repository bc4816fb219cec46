@NullMarked
package io.lookout.storage.seal;

import org.jspecify.annotations.NullMarked;
