package io.lookout.sdk;

import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/**
 * Snapshots as bodies of remote write 2.0 requests: {@code io.prometheus.write.v2.Request} in
 * snappy's block format.
 *
 * <p>See <a href="https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/">the
 * specification</a>.
 */
final class RequestEncoder {
  private final Map<String, String> common;
  private final int seriesOfRequest;

  /**
   * @param common labels of every series; a meter's own label of the same name wins
   */
  RequestEncoder(Map<String, String> common, int seriesOfRequest) {
    this.common = Map.copyOf(common);
    this.seriesOfRequest = seriesOfRequest;
  }

  /**
   * @param time of the samples, milliseconds since 1970
   */
  List<byte[]> encode(MetricSnapshots snapshots, long time) {
    List<Series> all = snapshots.stream().flatMap(s -> SnapshotSeries.of(s).stream()).toList();
    List<byte[]> bodies = new ArrayList<>();
    for (int from = 0; from < all.size(); from += seriesOfRequest) {
      int to = Math.min(all.size(), from + seriesOfRequest);
      bodies.add(body(all.subList(from, to), time));
    }
    return bodies;
  }

  private byte[] body(List<Series> part, long time) {
    Symbols symbols = new Symbols();
    ProtoWriter series = new ProtoWriter();
    part.forEach(one -> series.message(5, series(one, time, symbols)));
    ProtoWriter request = new ProtoWriter();
    symbols.write(request);
    return compressed(request.append(series).toBytes());
  }

  private ProtoWriter series(Series series, long time, Symbols symbols) {
    ProtoWriter out = new ProtoWriter().packed(1, references(labels(series), symbols));
    if (series.sample() instanceof Series.FloatValue number) {
      ProtoWriter sample = new ProtoWriter().float64(1, number.value()).int64(2, time);
      out.message(2, sample.int64(3, series.began()));
    } else if (series.sample() instanceof Series.Native histogram) {
      out.message(3, NativeHistogramMessage.of(histogram, time, series.began()));
    }
    for (Exemplar exemplar : series.exemplars()) {
      out.message(4, exemplar(exemplar, time, symbols));
    }
    return out.message(5, metadata(series.family(), symbols));
  }

  private Map<String, String> labels(Series series) {
    Map<String, String> labels = new TreeMap<>(common);
    for (Label label : series.labels()) {
      labels.put(label.getName(), label.getValue());
    }
    labels.put("__name__", series.name());
    return labels;
  }

  private static int[] references(Map<String, String> labels, Symbols symbols) {
    int[] references = new int[2 * labels.size()];
    int at = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      references[at++] = symbols.number(label.getKey());
      references[at++] = symbols.number(label.getValue());
    }
    return references;
  }

  private static ProtoWriter exemplar(Exemplar exemplar, long time, Symbols symbols) {
    return new ProtoWriter()
        .packed(1, references(sorted(exemplar.getLabels()), symbols))
        .float64(2, exemplar.getValue())
        .int64(3, exemplar.hasTimestamp() ? exemplar.getTimestampMillis() : time);
  }

  private static Map<String, String> sorted(Labels labels) {
    Map<String, String> sorted = new TreeMap<>();
    labels.forEach(label -> sorted.put(label.getName(), label.getValue()));
    return sorted;
  }

  private static ProtoWriter metadata(Family family, Symbols symbols) {
    return new ProtoWriter()
        .int64(1, family.type())
        .int64(3, symbols.number(family.help()))
        .int64(4, symbols.number(family.unit()));
  }

  private static byte[] compressed(byte[] request) {
    try {
      return Snappy.compress(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
