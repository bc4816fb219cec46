/** The write-ahead log of a shard: segments of checksummed records, and their replay. */
@NullMarked
package io.lookout.storage.wal;

import org.jspecify.annotations.NullMarked;
