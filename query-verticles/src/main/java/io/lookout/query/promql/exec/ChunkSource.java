package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkDecoder;
import io.lookout.query.promql.plan.Selection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Encoded chunks as they came from storage, decoded when a series is read. Chunks of a series may
 * overlap; equal times are one sample, and the later chunk in the list wins.
 */
public final class ChunkSource implements SampleSource {
  private final Map<Selection, List<SeriesChunks>> fetched;
  private final Map<Selection, List<TimePart>> downsampled;

  /** Of samples. */
  public ChunkSource(Map<Selection, List<SeriesChunks>> fetched) {
    this(fetched, Map.of());
  }

  /**
   * @param fetched the series of each selection, in any order
   * @param downsampled for which times aggregates stand in for samples
   */
  public ChunkSource(
      Map<Selection, List<SeriesChunks>> fetched, Map<Selection, List<TimePart>> downsampled) {
    this.fetched = Map.copyOf(fetched);
    this.downsampled = Map.copyOf(downsampled);
  }

  @Override
  public SeriesSet select(Selection selection) {
    List<SeriesChunks> series = fetched.getOrDefault(selection, List.of());
    return BucketSeries.anyIn(selection, series)
        ? BucketSeries.of(selection, series, downsampled.getOrDefault(selection, List.of()))
        : new Chunks(
            series.stream()
                .sorted(Comparator.comparing((SeriesChunks s) -> s.key().labels(), Labels.ORDER))
                .toList());
  }

  @Override
  public SeriesSet inAnyOrder(Selection selection) {
    List<SeriesChunks> series = fetched.getOrDefault(selection, List.of());
    return BucketSeries.anyIn(selection, series) ? select(selection) : new Chunks(series);
  }

  private record Chunks(List<SeriesChunks> series) implements SeriesSet {
    @Override
    public int size() {
      return series.size();
    }

    @Override
    public Labels labels(int i) {
      return series.get(i).key().labels();
    }

    @Override
    public Reader reader() {
      ChunkDecoder decoder = new ChunkDecoder();
      return (i, minTime, maxTime, out) ->
          read(decoder, series.get(i).chunks(), minTime, maxTime, out);
    }
  }

  /** The samples of chunks of one series in [minTime, maxTime]. */
  static void read(
      ChunkDecoder decoder, List<Chunk> chunks, long minTime, long maxTime, SampleColumns out) {
    int first = out.size;
    decode(decoder, chunks, minTime, minTime, maxTime, out);
    if (out.histograms != null) {
      // Their hints say something of the sample before: the chunks are read from their beginning.
      out.size = first;
      decode(decoder, chunks, minTime, Long.MIN_VALUE, maxTime, out);
      WrittenHints.set(out, first);
      WrittenHints.dropBefore(out, first, minTime);
    }
  }

  /** Decodes what is from {@code from} on of the chunks that reach into the range. */
  private static void decode(
      ChunkDecoder decoder,
      List<Chunk> chunks,
      long minTime,
      long from,
      long maxTime,
      SampleColumns out) {
    long last = Long.MIN_VALUE;
    boolean ordered = true;
    for (Chunk chunk : chunks) {
      if (!chunk.overlaps(minTime, maxTime)) {
        continue;
      }
      ordered &= chunk.minTime() > last;
      last = Math.max(last, chunk.maxTime());
      decoder.decode(chunk, from, maxTime, out);
    }
    if (!ordered) {
      SampleOrder.restore(out);
    }
  }
}
