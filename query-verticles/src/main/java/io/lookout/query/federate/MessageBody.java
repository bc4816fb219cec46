package io.lookout.query.federate;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Messages {@code io.prometheus.client.MetricFamily}, each after its length. A name whose series
 * are of several types has several families, which Prometheus takes though the format does not
 * foresee it; histograms have counts that are floats, whatever they were counted in.
 *
 * <p>Source: {@code io/prometheus/client/metrics.proto}.
 */
final class MessageBody {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream families = CodedOutputStream.newInstance(bytes);
  private final Escaping escaping;

  private MessageBody(Escaping escaping) {
    this.escaping = escaping;
  }

  /** Writes the fields of a message. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /**
   * @param samples in their order
   */
  static byte[] of(List<FederatedSample> samples, Escaping escaping) {
    MessageBody body = new MessageBody(escaping);
    try {
      int from = 0;
      for (int to = 1; to <= samples.size(); to++) {
        if (to == samples.size() || !areOneFamily(samples.get(from), samples.get(to))) {
          body.family(samples.subList(from, to));
          from = to;
        }
      }
      body.families.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return body.bytes.toByteArray();
  }

  private static boolean areOneFamily(FederatedSample a, FederatedSample b) {
    return a.type() == b.type() && a.name().equals(b.name());
  }

  private void family(List<FederatedSample> samples) throws IOException {
    FederatedSample first = samples.get(0);
    ByteString family =
        message(out -> {
          out.writeString(1, escaping.of(first.name()));
          out.writeEnum(3, first.type().number);
          for (FederatedSample each : samples) {
            out.writeBytes(4, metric(each));
          }
        });
    families.writeUInt32NoTag(family.size());
    families.writeRawBytes(family);
  }

  private ByteString metric(FederatedSample sample) throws IOException {
    NativeHistogram histogram = sample.histogram();
    return message(out -> {
      labels(out, sample);
      if (histogram == null) {
        out.writeBytes(5, message(value -> value.writeDouble(1, sample.value())));
      }
      out.writeInt64(6, sample.time());
      if (histogram != null) {
        out.writeBytes(7, message(fields -> histogram(fields, histogram)));
      }
    });
  }

  private void labels(CodedOutputStream out, FederatedSample sample) {
    sample.eachLabel((name, value) -> {
      try {
        ByteString pair =
            message(fields -> {
              fields.writeString(1, escaping.of(name));
              fields.writeString(2, value);
            });
        out.writeBytes(1, pair);
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
    });
  }

  private static void histogram(CodedOutputStream out, NativeHistogram h) throws IOException {
    out.writeDouble(2, h.sum());
    out.writeDouble(4, h.count());
    out.writeSInt32(5, h.schema());
    out.writeDouble(6, h.zeroThreshold());
    out.writeDouble(8, h.zeroCount());
    spans(out, 9, h.negativeSpans());
    counts(out, 11, h.negativeBuckets());
    spans(out, 12, h.positiveSpans());
    counts(out, 14, h.positiveBuckets());
  }

  private static void spans(CodedOutputStream out, int field, List<Span> spans) throws IOException {
    for (Span span : spans) {
      out.writeBytes(
          field,
          message(fields -> {
            fields.writeSInt32(1, span.offset());
            fields.writeUInt32(2, span.length());
          }));
    }
  }

  /** Not packed, as the schema of the message is that of protobuf 2. */
  private static void counts(CodedOutputStream out, int field, double[] counts) throws IOException {
    for (double count : counts) {
      out.writeDouble(field, count);
    }
  }

  private static ByteString message(Fields fields) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteString();
  }
}
