package io.lookout.query.http;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesText;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.text.NumberText;
import java.util.Map;
import java.util.TreeMap;

/** Series with their newest sample in Prometheus's text format, by name and labels. */
final class FederateText {
  private final ChunkMerge chunks = new ChunkMerge();
  private final Map<Labels, String> lines = new TreeMap<>(Labels.ORDER);
  private final long after;
  private final long until;

  /**
   * @param after samples up to here are too old, ms
   * @param until samples after this are not there yet, ms
   */
  FederateText(long after, long until) {
    this.after = after;
    this.until = until;
  }

  /** Histograms have no place in the text format; stale series have ended. */
  void add(SeriesChunks series) {
    SampleColumns samples = chunks.samples(series.chunks());
    int last = samples.size - 1;
    while (last >= 0 && samples.times[last] > until) {
      last--;
    }
    boolean shown =
        last >= 0
            && samples.times[last] > after
            && samples.histogram(last) == null
            && !SampleColumns.isStale(samples.values[last]);
    if (shown) {
      Labels labels = series.key().labels();
      lines.put(
          labels,
          series(labels)
              + " "
              + NumberText.plain(samples.values[last])
              + " "
              + samples.times[last]
              + "\n");
    }
  }

  private static String series(Labels labels) {
    String name = labels.metricName();
    boolean legacy = SeriesText.isLegacyMetricName(name);
    StringBuilder text = new StringBuilder(legacy ? name : "").append('{');
    String separator = "";
    if (!legacy) {
      text.append(quoted(name));
      separator = ",";
    }
    for (Label label : labels) {
      if (!label.name().equals(Label.METRIC_NAME)) {
        boolean plain = SeriesText.isLegacyLabelName(label.name());
        text.append(separator).append(plain ? label.name() : quoted(label.name()));
        text.append('=').append(quoted(label.value()));
        separator = ",";
      }
    }
    return text.append('}').toString();
  }

  /** The text format knows three escapes. */
  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    return '"' + escaped + '"';
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    String name = "";
    for (Map.Entry<Labels, String> line : lines.entrySet()) {
      String next = line.getKey().metricName();
      if (!next.equals(name)) {
        name = next;
        boolean legacy = SeriesText.isLegacyMetricName(name);
        text.append("# TYPE ").append(legacy ? name : quoted(name)).append(" untyped\n");
      }
      text.append(line.getValue());
    }
    return text.toString();
  }
}
