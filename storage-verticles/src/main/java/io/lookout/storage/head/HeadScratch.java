package io.lookout.storage.head;

import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.ChunkMerge;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /**
   * Series whose open columns are full. They are encoded behind a batch and not where a sample is
   * appended: the encoder is large, and a JIT compiler would make it part of the loop over samples,
   * and of each way into it.
   */
  private @Nullable Series[] full = new Series[64];

  private int fullCount;

  void full(Series series) {
    if (fullCount == full.length) {
      full = Arrays.copyOf(full, fullCount * 2);
    }
    full[fullCount++] = series;
  }

  /** Encodes what is full. A series may have been encoded on another way in between. */
  void encodeFull() {
    for (int i = 0; i < fullCount; i++) {
      Series series = full[i];
      full[i] = null;
      if (series != null) {
        series.encodeFull(this);
      }
    }
    fullCount = 0;
  }

  int fullCount() {
    return fullCount;
  }

  long windowOf(long time) {
    return time - Math.floorMod(time, window);
  }
}
