package io.lookout.storage.block;

import io.lookout.model.Fingerprint;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series and its chunks so far, which are those of its first part until another comes. Chunks
 * that come one after the other in time, the usual case, are not sorted.
 */
final class MergedSeries {
  private final SeriesChunks first;
  private final long sequence;
  private @Nullable List<Chunk> all;

  /** Of all chunks, once there is more than one part. */
  private long[] sequences = {};

  MergedSeries(SeriesChunks first, long sequence) {
    this.first = first;
    this.sequence = sequence;
  }

  Fingerprint fingerprint() {
    return first.key().fingerprint();
  }

  boolean is(Fingerprint fingerprint) {
    Fingerprint own = fingerprint();
    return own.low() == fingerprint.low() && own.high() == fingerprint.high();
  }

  void add(List<Chunk> chunks, long sequenceOfThese) {
    List<Chunk> together = all;
    if (together == null) {
      together = new ArrayList<>(Math.max(10, 2 * first.chunks().size()));
      all = together;
      add(first.chunks(), sequence, together);
    }
    add(chunks, sequenceOfThese, together);
  }

  private void add(List<Chunk> chunks, long sequenceOfThese, List<Chunk> to) {
    int before = to.size();
    to.addAll(chunks);
    if (to.size() > sequences.length) {
      sequences = Arrays.copyOf(sequences, Math.max(10, 2 * to.size()));
    }
    Arrays.fill(sequences, before, to.size(), sequenceOfThese);
  }

  SeriesChunks result() {
    if (all == null) {
      return first;
    }
    return new SeriesChunks(first.key(), followEachOther(all) ? all : inOrder(all));
  }

  private static boolean followEachOther(List<Chunk> chunks) {
    for (int i = 1; i < chunks.size(); i++) {
      if (chunks.get(i).minTime() <= chunks.get(i - 1).maxTime()) {
        return false;
      }
    }
    return true;
  }

  private List<Chunk> inOrder(List<Chunk> chunks) {
    List<Ranked> ranked = new ArrayList<>(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      ranked.add(new Ranked(chunks.get(i), sequences[i], i));
    }
    return Ranked.inOrder(ranked);
  }
}
