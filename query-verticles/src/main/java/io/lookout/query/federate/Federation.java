package io.lookout.query.federate;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.NativeHistogram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a scrape of series. Native histograms go into messages; the text format has no
 * place for them, and leaves them out. Not thread-safe.
 */
public final class Federation {
  private final ChunkMerge chunks = new ChunkMerge();
  private final Map<Labels, FederatedSample> samples = new TreeMap<>(Labels.ORDER);
  private final Negotiation format;
  private final long since;
  private final long until;

  /**
   * @param accept the header of the request, empty where there is none
   * @param since samples before this are too old, ms
   * @param until samples after this are not there yet, ms
   */
  public Federation(String accept, long since, long until) {
    this.format = Negotiation.of(accept);
    this.since = since;
    this.until = until;
  }

  public String contentType() {
    return format.contentType();
  }

  /**
   * A series that is added again counts once. Those that have ended or have no name do not count.
   */
  public void add(SeriesChunks series) {
    newest(series)
        .filter(sample -> format.protobuf() || sample.histogram() == null)
        .filter(sample -> !sample.name().isEmpty())
        .ifPresent(sample -> samples.put(sample.labels(), sample));
  }

  private Optional<FederatedSample> newest(SeriesChunks series) {
    SampleColumns columns = chunks.samples(series.chunks());
    int last = columns.size - 1;
    while (last >= 0 && columns.times[last] > until) {
      last--;
    }
    if (last < 0 || columns.times[last] < since) {
      return Optional.empty();
    }
    @Nullable NativeHistogram histogram = columns.histogram(last);
    double value = histogram == null ? columns.values[last] : histogram.sum();
    return SampleColumns.isStale(value)
        ? Optional.empty()
        : Optional.of(
            new FederatedSample(series.key().labels(), columns.times[last], value, histogram));
  }

  /** All series that were added. */
  public byte[] body() {
    List<FederatedSample> sorted = samples.values().stream().sorted(FederatedSample.ORDER).toList();
    return format.protobuf()
        ? MessageBody.of(sorted, format.escaping())
        : TextBody.of(sorted, format.escaping());
  }
}
