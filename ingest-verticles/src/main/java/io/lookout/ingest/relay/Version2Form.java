package io.lookout.ingest.relay;

import io.lookout.ingest.protobuf.ProtoWriter;
import io.lookout.model.Labels;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import io.lookout.model.histogram.NativeHistogram;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code io.prometheus.write.v2.Request} of remote write 2.0. */
final class Version2Form implements RequestForm {
  private static final List<String> ENDINGS =
      List.of("_total", "_bucket", "_count", "_sum", "_created", "_info", "_gcount", "_gsum");

  @Override
  public String contentType() {
    return "application/x-protobuf;proto=io.prometheus.write.v2.Request";
  }

  @Override
  public String version() {
    return "2.0.0";
  }

  @Override
  public ProtoWriter message(List<WriteBatch> batches) {
    Symbols symbols = new Symbols();
    ProtoWriter series = new ProtoWriter(1 << 16);
    for (WriteBatch batch : batches) {
      SeriesSamples samples = SeriesSamples.of(batch);
      Map<String, MetricMetadata> families = families(batch);
      for (int i = 0; i < batch.seriesCount(); i++) {
        series.message(5, series(batch, samples, i, families, symbols));
      }
    }
    ProtoWriter request = new ProtoWriter(1 << 16);
    symbols.write(request);
    return request.fields(series);
  }

  private static Map<String, MetricMetadata> families(WriteBatch batch) {
    Map<String, MetricMetadata> families = new HashMap<>();
    batch.metadata().forEach(entry -> families.put(entry.metricFamily(), entry));
    return families;
  }

  private static ProtoWriter series(
      WriteBatch batch,
      SeriesSamples samples,
      int series,
      Map<String, MetricMetadata> families,
      Symbols symbols) {
    Labels labels = batch.series()[series].labels();
    ProtoWriter out = new ProtoWriter(128).packed(1, symbols.references(labels));
    for (int i : samples.samplesOf(series)) {
      sample(batch, i, out);
    }
    for (SeriesExemplar each : samples.exemplarsOf(series)) {
      out.message(
          4,
          new ProtoWriter(64)
              .packed(1, symbols.references(each.exemplar().labels()))
              .float64(2, each.exemplar().value())
              .int64(3, each.exemplar().time()));
    }
    MetricMetadata family = family(labels.metricName(), families);
    return family == null ? out : out.message(5, metadata(family, symbols));
  }

  private static void sample(WriteBatch batch, int i, ProtoWriter out) {
    @Nullable NativeHistogram @Nullable [] histograms = batch.histograms();
    @Nullable NativeHistogram histogram = histograms == null ? null : histograms[i];
    long @Nullable [] startTimes = batch.startTimes();
    long startTime = startTimes == null ? 0 : startTimes[i];
    long time = batch.times()[i];
    if (histogram == null) {
      out.message(
          2, new ProtoWriter(32).float64(1, batch.values()[i]).int64(2, time).int64(3, startTime));
    } else {
      out.message(3, HistogramMessage.of(histogram, time, startTime));
    }
  }

  /** The series of a family bear its name with an ending, or the name itself. */
  private static @Nullable MetricMetadata family(
      String metric, Map<String, MetricMetadata> families) {
    MetricMetadata whole = families.get(metric);
    for (int i = 0; whole == null && i < ENDINGS.size(); i++) {
      String ending = ENDINGS.get(i);
      if (metric.endsWith(ending)) {
        whole = families.get(metric.substring(0, metric.length() - ending.length()));
      }
    }
    return whole;
  }

  private static ProtoWriter metadata(MetricMetadata family, Symbols symbols) {
    return new ProtoWriter(16)
        .int64(1, MetadataTypes.number(family.type()))
        .int64(3, symbols.number(family.help()))
        .int64(4, symbols.number(family.unit()));
  }

  /** The texts of a request, each once; number 0 is the empty one. */
  private static final class Symbols {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    Symbols() {
      numbers.put("", 0);
    }

    int number(String text) {
      Integer known = numbers.putIfAbsent(text, numbers.size());
      return known == null ? numbers.size() - 1 : known;
    }

    int[] references(Labels labels) {
      int[] references = new int[2 * labels.size()];
      for (int i = 0; i < labels.size(); i++) {
        references[2 * i] = number(labels.name(i));
        references[2 * i + 1] = number(labels.value(i));
      }
      return references;
    }

    void write(ProtoWriter request) {
      numbers.keySet().forEach(text -> request.element(4, text));
    }
  }
}
