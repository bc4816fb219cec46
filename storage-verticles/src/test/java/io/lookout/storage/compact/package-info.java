@NullMarked
package io.lookout.storage.compact;

import org.jspecify.annotations.NullMarked;
