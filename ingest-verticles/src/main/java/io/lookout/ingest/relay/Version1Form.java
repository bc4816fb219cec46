package io.lookout.ingest.relay;

import io.lookout.ingest.protobuf.ProtoWriter;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import io.lookout.model.histogram.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code prometheus.WriteRequest} of remote write 1.0. */
final class Version1Form implements RequestForm {
  @Override
  public String contentType() {
    return "application/x-protobuf";
  }

  @Override
  public String version() {
    return "0.1.0";
  }

  @Override
  public ProtoWriter message(List<WriteBatch> batches) {
    ProtoWriter request = new ProtoWriter(1 << 16);
    for (WriteBatch batch : batches) {
      SeriesSamples samples = SeriesSamples.of(batch);
      for (int series = 0; series < batch.seriesCount(); series++) {
        request.message(1, series(batch, samples, series));
      }
      batch.metadata().forEach(entry -> request.message(3, metadata(entry)));
    }
    return request;
  }

  private static ProtoWriter series(WriteBatch batch, SeriesSamples samples, int series) {
    ProtoWriter out = new ProtoWriter(256);
    labels(out, batch.series()[series].labels());
    @Nullable NativeHistogram @Nullable [] histograms = batch.histograms();
    for (int i : samples.samplesOf(series)) {
      @Nullable NativeHistogram histogram = histograms == null ? null : histograms[i];
      if (histogram == null) {
        out.message(
            2, new ProtoWriter(20).float64(1, batch.values()[i]).int64(2, batch.times()[i]));
      } else {
        out.message(4, HistogramMessage.of(histogram, batch.times()[i], 0));
      }
    }
    for (SeriesExemplar each : samples.exemplarsOf(series)) {
      ProtoWriter exemplar = new ProtoWriter(128);
      labels(exemplar, each.exemplar().labels());
      out.message(3, exemplar.float64(2, each.exemplar().value()).int64(3, each.exemplar().time()));
    }
    return out;
  }

  private static void labels(ProtoWriter out, Labels labels) {
    for (Label label : labels) {
      out.message(1, new ProtoWriter(64).text(1, label.name()).text(2, label.value()));
    }
  }

  private static ProtoWriter metadata(MetricMetadata entry) {
    return new ProtoWriter(128)
        .int64(1, MetadataTypes.number(entry.type()))
        .text(2, entry.metricFamily())
        .text(4, entry.help())
        .text(5, entry.unit());
  }
}
