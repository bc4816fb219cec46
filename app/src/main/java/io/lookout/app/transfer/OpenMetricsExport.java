package io.lookout.app.transfer;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesText;
import io.lookout.model.text.NumberText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Series as OpenMetrics text, each sample with its time: one metric name after the other, a series
 * in memory at a time. Floats are written so that they are read back as they are. The text has no
 * words for native histograms and staleness markers: they are left out and counted.
 */
final class OpenMetricsExport {
  private final RemoteReader reader;
  private final Writer out;
  private long samples;
  private long histograms;
  private long markers;

  OpenMetricsExport(RemoteReader reader, Writer out) {
    this.reader = reader;
    this.out = out;
  }

  /** Samples that were written. */
  long samples() {
    return samples;
  }

  /** Native histograms that were left out. */
  long histograms() {
    return histograms;
  }

  /** Staleness markers that were left out. */
  long markers() {
    return markers;
  }

  /**
   * Writes the series of these metrics.
   *
   * @param matchers that the series must match besides
   * @param start ms, inclusive
   * @param end ms, inclusive
   */
  void run(List<String> metrics, List<Matcher> matchers, long start, long end)
      throws IOException, ImportException {
    for (String metric : metrics) {
      List<Matcher> all = new ArrayList<>(matchers);
      all.add(Matcher.equal(Label.METRIC_NAME, metric));
      reader.read(all, start, end, this::write);
    }
    out.write("# EOF\n");
    out.flush();
  }

  private void write(Labels labels, SampleColumns columns) throws IOException {
    String series = text(labels);
    for (int i = 0; i < columns.size; i++) {
      if (columns.histogram(i) != null) {
        histograms++;
      } else if (SampleColumns.isStale(columns.values[i])) {
        markers++;
      } else {
        out.write(series);
        out.write(' ');
        out.write(NumberText.number(columns.values[i]));
        out.write(' ');
        out.write(seconds(columns.times[i]));
        out.write('\n');
        samples++;
      }
    }
  }

  /** Names that the text format does not know bare are quoted, inside the braces. */
  private static String text(Labels labels) {
    String metric = labels.metricName();
    boolean bare = SeriesText.isLegacyMetricName(metric);
    StringBuilder text = new StringBuilder(bare ? metric : "");
    String separator = "{";
    if (!bare) {
      text.append('{').append(quoted(metric));
      separator = ",";
    }
    for (Label label : labels) {
      if (!label.name().equals(Label.METRIC_NAME)) {
        String name = label.name();
        text.append(separator)
            .append(SeriesText.isLegacyLabelName(name) ? name : quoted(name))
            .append('=')
            .append(quoted(label.value()));
        separator = ",";
      }
    }
    return separator.equals("{") ? text.toString() : text.append('}').toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  /** All digits of the milliseconds, so that none is lost. */
  private static String seconds(long millis) {
    long absolute = Math.abs(millis);
    String text = absolute / 1000 + "." + Long.toString(1000 + absolute % 1000).substring(1);
    return millis < 0 ? "-" + text : text;
  }
}
