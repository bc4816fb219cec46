package io.lookout.app.test;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.remoteread.HistogramMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xerial.snappy.Snappy;

/**
 * {@code io.prometheus.write.v2.Request}: the version of remote write that start timestamps travel
 * in. Not thread-safe.
 */
public final class WriteRequest {
  public static final String CONTENT_TYPE =
      "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  private final Map<String, Integer> symbols = new LinkedHashMap<>();
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  public WriteRequest() {
    symbol("");
  }

  private int symbol(String text) {
    return symbols.computeIfAbsent(text, unknown -> symbols.size());
  }

  /** Samples in the order of time. */
  public void add(Labels labels, SampleColumns samples) {
    try {
      out.writeBytes(5, timeSeries(labels, samples));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Exemplars of a series, whose samples may be in another message. */
  public void addExemplars(Labels labels, List<Exemplar> exemplars) {
    try {
      for (Exemplar exemplar : exemplars) {
        ByteString.Output message = ByteString.newOutput();
        CodedOutputStream fields = CodedOutputStream.newInstance(message);
        fields.writeBytes(1, references(exemplar.labels()));
        fields.writeDouble(2, exemplar.value());
        fields.writeInt64(3, exemplar.time());
        fields.flush();
        out.writeBytes(5, series(labels, 4, message.toByteString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is told of a series' metric.
   *
   * @param type 1 counter, 2 gauge, ... as {@code Metadata.MetricType}; 0 unknown
   */
  public void addMetadata(Labels labels, int type, String help, String unit) {
    try {
      ByteString.Output message = ByteString.newOutput();
      CodedOutputStream fields = CodedOutputStream.newInstance(message);
      fields.writeEnum(1, type);
      fields.writeUInt32(3, symbol(help));
      fields.writeUInt32(4, symbol(unit));
      fields.flush();
      out.writeBytes(5, series(labels, 5, message.toByteString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteString series(Labels labels, int field, ByteString content) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream fields = CodedOutputStream.newInstance(message);
    fields.writeBytes(1, references(labels));
    fields.writeBytes(field, content);
    fields.flush();
    return message.toByteString();
  }

  private ByteString timeSeries(Labels labels, SampleColumns samples) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream fields = CodedOutputStream.newInstance(message);
    fields.writeBytes(1, references(labels));
    for (int i = 0; i < samples.size; i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram == null) {
        fields.writeBytes(2, sample(samples, i));
      } else {
        fields.writeBytes(3, histogram(histogram, samples.times[i], samples.startTimeAt(i)));
      }
    }
    fields.flush();
    return message.toByteString();
  }

  private ByteString references(Labels labels) throws IOException {
    ByteString.Output packed = ByteString.newOutput();
    CodedOutputStream numbers = CodedOutputStream.newInstance(packed);
    for (Label label : labels) {
      numbers.writeUInt32NoTag(symbol(label.name()));
      numbers.writeUInt32NoTag(symbol(label.value()));
    }
    numbers.flush();
    return packed.toByteString();
  }

  private static ByteString sample(SampleColumns samples, int i) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream fields = CodedOutputStream.newInstance(message);
    fields.writeFixed64(1, Double.doubleToRawLongBits(samples.values[i]));
    fields.writeInt64(2, samples.times[i]);
    if (samples.startTimeAt(i) != 0) {
      fields.writeInt64(3, samples.startTimeAt(i));
    }
    fields.flush();
    return message.toByteString();
  }

  private static ByteString histogram(NativeHistogram histogram, long time, long startTime)
      throws IOException {
    ByteString message = HistogramMessage.of(histogram, time);
    if (startTime == 0) {
      return message;
    }
    ByteString.Output more = ByteString.newOutput();
    CodedOutputStream fields = CodedOutputStream.newInstance(more);
    fields.writeTag(17, WireFormat.WIRETYPE_VARINT);
    fields.writeInt64NoTag(startTime);
    fields.flush();
    return message.concat(more.toByteString());
  }

  /** The body, compressed with snappy. */
  public byte[] toByteArray() {
    try {
      for (String symbol : symbols.keySet()) {
        out.writeString(4, symbol);
      }
      out.flush();
      return Snappy.compress(bytes.toByteString().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
