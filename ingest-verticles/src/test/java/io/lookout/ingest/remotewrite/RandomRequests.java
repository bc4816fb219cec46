package io.lookout.ingest.remotewrite;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DynamicMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Requests as no real sender makes them, but any might: for comparison with the oracle. */
final class RandomRequests {
  private static final String[] NAMES = {"job", "instance", "le", "ünï", "a b", "z", "_x", "𝛼"};
  private static final double[] ODD = {
    0, -0.0, Double.NaN, Double.longBitsToDouble(0x7ff0000000000002L), Double.POSITIVE_INFINITY
  };

  private final SplittableRandom random;

  RandomRequests(long seed) {
    random = new SplittableRandom(seed);
  }

  byte[] next() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int fields = random.nextInt(12);
    for (int i = 0; i < fields; i++) {
      switch (random.nextInt(10)) {
        case 0 -> append(bytes, 3, metadata().toByteString());
        case 1 -> append(bytes, 17, ByteString.copyFromUtf8("unknown field"));
        default -> append(bytes, 1, timeSeries());
      }
    }
    return bytes.toByteArray();
  }

  private static void append(ByteArrayOutputStream bytes, int field, ByteString content) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeBytes(field, content);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Concatenated messages are one message: labels and samples may alternate. */
  private ByteString timeSeries() {
    ByteString bytes = part("labels", labels());
    int parts = random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      ByteString part =
          switch (random.nextInt(8)) {
            case 0 -> part("labels", List.of(Prompb.label("n" + i, "late")));
            case 1 -> part("exemplars", List.of(exemplar()));
            case 2 -> part("histograms", List.of(histogram()));
            default -> part("samples", samples());
          };
      bytes = random.nextInt(8) == 0 ? part.concat(bytes) : bytes.concat(part);
    }
    return bytes;
  }

  private static ByteString part(String field, List<DynamicMessage> content) {
    return Prompb.of(Prompb.TIME_SERIES, field, content).toByteString();
  }

  private List<DynamicMessage> labels() {
    List<DynamicMessage> labels = new ArrayList<>();
    if (random.nextInt(20) > 0) {
      labels.add(Prompb.label("__name__", "metric_" + random.nextInt(5)));
    }
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String name = random.nextInt(40) == 0 ? "" : NAMES[random.nextInt(NAMES.length)];
      labels.add(Prompb.label(name, random.nextInt(6) == 0 ? "" : "v" + random.nextInt(4)));
    }
    return labels;
  }

  private List<DynamicMessage> samples() {
    List<DynamicMessage> samples = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      samples.add(Prompb.sample(time(), value()));
    }
    return samples;
  }

  private long time() {
    return random.nextInt(10) == 0 ? random.nextLong() : 1_700_000_000_000L + random.nextInt();
  }

  private double value() {
    return random.nextInt(3) == 0 ? ODD[random.nextInt(ODD.length)] : random.nextDouble(-1e6, 1e6);
  }

  private DynamicMessage exemplar() {
    String id = "t".repeat(random.nextInt(10) == 0 ? 200 : 16);
    return Prompb.of(
        Prompb.EXEMPLAR,
        "labels",
        List.of(Prompb.label("trace_id", id)),
        "value",
        value(),
        "timestamp",
        time());
  }

  private DynamicMessage metadata() {
    return Prompb.of(
        Prompb.METADATA,
        "type",
        random.nextInt(10),
        "metric_family_name",
        random.nextInt(5) == 0 ? "" : "family_" + random.nextInt(9),
        "help",
        "Hilfe für " + random.nextInt(9),
        "unit",
        random.nextBoolean() ? "seconds" : "");
  }

  private DynamicMessage histogram() {
    return switch (random.nextInt(4)) {
      case 0 -> floatHistogram();
      case 1 -> customHistogram();
      default -> integerHistogram();
    };
  }

  private DynamicMessage integerHistogram() {
    long[] counts = LongStream.generate(() -> random.nextLong(1000)).limit(5).toArray();
    List<Long> deltas = new ArrayList<>();
    long before = 0;
    for (long count : counts) {
      deltas.add(count - before);
      before = count;
    }
    boolean wrong = random.nextInt(6) == 0;
    return Prompb.of(
        Prompb.HISTOGRAM,
        "count_int",
        LongStream.of(counts).sum() + 7 + (wrong ? 1 : 0),
        "sum",
        random.nextDouble(1e6),
        "schema",
        random.nextInt(-4, 9),
        "zero_threshold",
        1e-128,
        "zero_count_int",
        7L,
        "positive_spans",
        List.of(span(-3, 2), span(4, 3)),
        "positive_deltas",
        deltas,
        "reset_hint",
        random.nextInt(5),
        "timestamp",
        time());
  }

  private DynamicMessage floatHistogram() {
    List<Double> counts =
        DoubleStream.generate(() -> random.nextDouble(9)).limit(3).boxed().toList();
    return Prompb.of(
        Prompb.HISTOGRAM,
        "count_float",
        counts.stream().mapToDouble(Double::doubleValue).sum() + 0.5,
        "zero_count_float",
        0.5,
        "sum",
        value(),
        "negative_spans",
        List.of(span(0, 3)),
        "negative_counts",
        counts,
        "timestamp",
        time());
  }

  private DynamicMessage customHistogram() {
    return Prompb.of(
        Prompb.HISTOGRAM,
        "count_int",
        6L,
        "sum",
        12.5,
        "schema",
        -53,
        "positive_spans",
        List.of(span(0, 3)),
        "positive_deltas",
        List.of(1L, 1L, 1L),
        "custom_values",
        List.of(0.5, random.nextDouble(0.4, 2)),
        "timestamp",
        time());
  }

  private static DynamicMessage span(int offset, int length) {
    return Prompb.of(Prompb.SPAN, "offset", offset, "length", length);
  }
}
