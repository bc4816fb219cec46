/** Many small blocks become few large ones, in the background. */
@NullMarked
package io.lookout.storage.compact;

import org.jspecify.annotations.NullMarked;
