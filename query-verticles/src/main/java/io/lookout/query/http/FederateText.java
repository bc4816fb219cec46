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
  private final boolean utf8;

  /**
   * @param after samples up to here are too old, ms
   * @param until samples after this are not there yet, ms
   * @param utf8 whether names may be any text; where not, what they must not hold becomes {@code _}
   */
  FederateText(long after, long until, boolean utf8) {
    this.after = after;
    this.until = until;
    this.utf8 = utf8;
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
              + NumberText.number(samples.values[last])
              + " "
              + samples.times[last]
              + "\n");
    }
  }

  /** A series without an instance says so, or it would be given that of the scraped target. */
  private String series(Labels labels) {
    String name = shown(labels.metricName());
    boolean legacy = SeriesText.isLegacyMetricName(name);
    StringBuilder text = new StringBuilder(legacy ? name : "").append('{');
    String separator = "";
    if (!legacy) {
      text.append(quoted(name));
      separator = ",";
    }
    for (Label label : labels) {
      if (!label.name().equals(Label.METRIC_NAME)) {
        String shown = shown(label.name());
        boolean plain = SeriesText.isLegacyLabelName(shown);
        text.append(separator).append(plain ? shown : quoted(shown));
        text.append('=').append(quoted(label.value()));
        separator = ",";
      }
    }
    if (labels.get("instance") == null) {
      text.append(separator).append("instance=\"\"");
    }
    return text.append('}').toString();
  }

  private String shown(String name) {
    return utf8 ? name : name.replaceAll("^[0-9]|[^a-zA-Z0-9_:]", "_");
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
        String shown = shown(name);
        boolean legacy = SeriesText.isLegacyMetricName(shown);
        text.append("# TYPE ").append(legacy ? shown : quoted(shown)).append(" untyped\n");
      }
      text.append(line.getValue());
    }
    return text.toString();
  }
}
