/** A shard: one thread that owns a write-ahead log and a head. */
@NullMarked
package io.lookout.storage.shard;

import org.jspecify.annotations.NullMarked;
