package io.lookout.storage.head;

import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.ChunkMerge;

/** What the series of a head share while they work: codecs, buffers, counts. */
final class HeadScratch {
  final long window;
  final ChunkMerge merge = new ChunkMerge();
  final ChunkEncoder encoder = new ChunkEncoder();
  final SampleColumns samples = new SampleColumns(Series.OPEN);
  final HeadCounts counts = new HeadCounts();

  HeadScratch(long window) {
    this.window = window;
  }

  long windowOf(long time) {
    return time - Math.floorMod(time, window);
  }
}
