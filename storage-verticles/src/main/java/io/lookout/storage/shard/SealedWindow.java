package io.lookout.storage.shard;

import io.lookout.model.bus.SelectResult.SeriesChunks;
import java.util.List;

/**
 * What a shard holds of a complete window, on its way to the block store. Until it is released the
 * shard keeps it, answers from it, and gives out the same one again when asked, also after a
 * restart: same generation, same series, same samples.
 *
 * @param start of the window, ms, inclusive
 * @param end of the window, ms, exclusive
 * @param generation unique within the shard and ascending; a window to which late data came has
 *     several, each with other samples
 * @param series in no particular order; the chunks of each ascend and do not overlap, several small
 *     ones rather than one ({@link io.lookout.model.chunk.ChunkMerge} joins them)
 */
public record SealedWindow(long start, long end, long generation, List<SeriesChunks> series) {}
