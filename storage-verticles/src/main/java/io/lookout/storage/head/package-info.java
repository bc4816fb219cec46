/** The head of a shard: the series and the samples that are not yet in the block store. Pure. */
@NullMarked
package io.lookout.storage.head;

import org.jspecify.annotations.NullMarked;
