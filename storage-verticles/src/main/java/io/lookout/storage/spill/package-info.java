/** Blocks that the store cannot take now wait on the disk of their node. */
@NullMarked
package io.lookout.storage.spill;

import org.jspecify.annotations.NullMarked;
