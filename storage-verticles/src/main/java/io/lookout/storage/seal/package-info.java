/** From complete windows of a shard to blocks in the store. */
@NullMarked
package io.lookout.storage.seal;

import org.jspecify.annotations.NullMarked;
