package io.lookout.ingest.remotewrite;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, spelt out object by object: read by protobuf-java in the plainest way, or
 * from a batch.
 */
record Reading(
    List<Entry> samples, List<Entry> exemplars, List<MetricMetadata> metadata, int rejected) {
  /** A sample: value is the bits of a double, a histogram, or an exemplar. */
  record Entry(Labels labels, long time, Object value) {}

  static Reading ofBatch(WriteBatch batch, int rejected) {
    List<Entry> samples = new ArrayList<>();
    for (int i = 0; i < batch.sampleCount(); i++) {
      @Nullable NativeHistogram @Nullable [] histograms = batch.histograms();
      NativeHistogram histogram = histograms == null ? null : histograms[i];
      samples.add(
          new Entry(
              batch.series()[batch.seriesOf()[i]].labels(),
              batch.times()[i],
              histogram != null ? histogram : Double.doubleToRawLongBits(batch.values()[i])));
    }
    List<Entry> exemplars =
        batch.exemplars().stream()
            .map(e -> exemplar(batch.series()[e.series()].labels(), e.exemplar()))
            .toList();
    return new Reading(samples, exemplars, batch.metadata(), rejected);
  }

  private static Entry exemplar(Labels series, Exemplar e) {
    return new Entry(series, e.time(), e.labels() + " " + Double.doubleToRawLongBits(e.value()));
  }

  static Reading ofBytes(byte[] bytes) throws InvalidProtocolBufferException {
    Message request = DynamicMessage.parseFrom(Prompb.WRITE_REQUEST, bytes);
    Oracle oracle = new Oracle();
    Prompb.list(request, "timeseries").forEach(oracle::series);
    Prompb.list(request, "metadata").forEach(oracle::metadata);
    return new Reading(oracle.samples, oracle.exemplars, oracle.metadata, oracle.rejected);
  }

  private static final class Oracle {
    final List<Entry> samples = new ArrayList<>();
    final List<Entry> exemplars = new ArrayList<>();
    final List<MetricMetadata> metadata = new ArrayList<>();
    int rejected;

    /** Entries in the order of the wire are not to be had here: samples first, then histograms. */
    void series(Message series) {
      Labels labels = labels(series);
      List<Message> floats = Prompb.list(series, "samples");
      List<Message> histograms = Prompb.list(series, "histograms");
      if (labels == null || labels.metricName().isEmpty()) {
        rejected += floats.size() + histograms.size();
        return;
      }
      for (Message sample : floats) {
        long time = (long) Prompb.get(sample, "timestamp");
        double value = (double) Prompb.get(sample, "value");
        samples.add(new Entry(labels, time, Double.doubleToRawLongBits(value)));
      }
      for (Message message : histograms) {
        NativeHistogram histogram = histogram(message);
        try {
          HistogramValidity.check(histogram);
          samples.add(new Entry(labels, (long) Prompb.get(message, "timestamp"), histogram));
        } catch (IllegalArgumentException e) {
          rejected++;
        }
      }
      for (Message message : Prompb.list(series, "exemplars")) {
        Labels own = labels(message);
        if (own != null && length(own) <= 128) {
          double value = (double) Prompb.get(message, "value");
          long time = (long) Prompb.get(message, "timestamp");
          exemplars.add(exemplar(labels, new Exemplar(own, value, time)));
        }
      }
    }

    private static int length(Labels labels) {
      int length = 0;
      for (Label label : labels) {
        length += label.name().length() + label.value().length();
      }
      return length;
    }

    private static @Nullable Labels labels(Message message) {
      Map<String, String> labels = new HashMap<>();
      for (Message label : Prompb.list(message, "labels")) {
        String name = (String) Prompb.get(label, "name");
        if (name.isEmpty() || labels.put(name, (String) Prompb.get(label, "value")) != null) {
          return null;
        }
      }
      return Labels.of(labels);
    }

    void metadata(Message message) {
      String family = (String) Prompb.get(message, "metric_family_name");
      if (!family.isEmpty()) {
        metadata.add(
            new MetricMetadata(
                family,
                MetadataReader.type((int) Prompb.get(message, "type")),
                (String) Prompb.get(message, "help"),
                (String) Prompb.get(message, "unit")));
      }
    }

    private static NativeHistogram histogram(Message m) {
      boolean isFloat = m.hasField(m.getDescriptorForType().findFieldByName("count_float"));
      boolean zeroFloat = m.hasField(m.getDescriptorForType().findFieldByName("zero_count_float"));
      int hint = (int) Prompb.get(m, "reset_hint");
      return new NativeHistogram(
          (int) Prompb.get(m, "schema"),
          reset(hint),
          !isFloat,
          (double) Prompb.get(m, "zero_threshold"),
          zeroFloat
              ? (double) Prompb.get(m, "zero_count_float")
              : unsigned((long) Prompb.get(m, "zero_count_int")),
          isFloat
              ? (double) Prompb.get(m, "count_float")
              : unsigned((long) Prompb.get(m, "count_int")),
          (double) Prompb.get(m, "sum"),
          spans(m, "positive_spans"),
          isFloat ? floats(m, "positive_counts") : absolute(m, "positive_deltas"),
          spans(m, "negative_spans"),
          isFloat ? floats(m, "negative_counts") : absolute(m, "negative_deltas"),
          floats(m, "custom_values"));
    }

    private static CounterReset reset(int hint) {
      return switch (hint) {
        case 1 -> CounterReset.YES;
        case 2 -> CounterReset.NO;
        case 3 -> CounterReset.GAUGE;
        default -> CounterReset.UNKNOWN;
      };
    }

    private static double unsigned(long n) {
      return n >= 0 ? n : 2.0 * (n >>> 1);
    }

    private static List<Span> spans(Message m, String field) {
      return Prompb.list(m, field).stream()
          .map(s -> new Span((int) Prompb.get(s, "offset"), (int) Prompb.get(s, "length")))
          .toList();
    }

    private static double[] floats(Message m, String field) {
      return ((List<?>) Prompb.get(m, field)).stream().mapToDouble(x -> (Double) x).toArray();
    }

    private static double[] absolute(Message m, String field) {
      double[] counts = new double[((List<?>) Prompb.get(m, field)).size()];
      long sum = 0;
      for (int i = 0; i < counts.length; i++) {
        sum += (Long) ((List<?>) Prompb.get(m, field)).get(i);
        counts[i] = sum;
      }
      return counts;
    }
  }
}
