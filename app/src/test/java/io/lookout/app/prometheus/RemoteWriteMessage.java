package io.lookout.app.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.remoteread.HistogramMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.xerial.snappy.Snappy;

/** {@code prometheus.WriteRequest}: the version of remote write that every Prometheus takes. */
final class RemoteWriteMessage {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Adds the samples [from, to) of a series. */
  void add(Labels labels, SampleColumns samples, int from, int to) {
    try {
      ByteString.Output message = ByteString.newOutput();
      CodedOutputStream fields = CodedOutputStream.newInstance(message);
      for (Label label : labels) {
        fields.writeBytes(1, label(label));
      }
      for (int i = from; i < to; i++) {
        NativeHistogram histogram = samples.histogram(i);
        if (histogram == null) {
          fields.writeBytes(2, sample(samples.times[i], samples.values[i]));
        } else {
          fields.writeBytes(4, HistogramMessage.of(histogram, samples.times[i]));
        }
      }
      fields.flush();
      out.writeBytes(1, message.toByteString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void addExemplar(Labels labels, Exemplar exemplar) {
    try {
      ByteString.Output message = ByteString.newOutput();
      CodedOutputStream fields = CodedOutputStream.newInstance(message);
      for (Label label : exemplar.labels()) {
        fields.writeBytes(1, label(label));
      }
      fields.writeDouble(2, exemplar.value());
      fields.writeInt64(3, exemplar.time());
      fields.flush();
      ByteString.Output series = ByteString.newOutput();
      CodedOutputStream parts = CodedOutputStream.newInstance(series);
      for (Label label : labels) {
        parts.writeBytes(1, label(label));
      }
      parts.writeBytes(3, message.toByteString());
      parts.flush();
      out.writeBytes(1, series.toByteString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteString label(Label label) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream fields = CodedOutputStream.newInstance(message);
    fields.writeString(1, label.name());
    fields.writeString(2, label.value());
    fields.flush();
    return message.toByteString();
  }

  private static ByteString sample(long time, double value) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream fields = CodedOutputStream.newInstance(message);
    fields.writeDouble(1, value);
    fields.writeInt64(2, time);
    fields.flush();
    return message.toByteString();
  }

  HttpRequest to(String url) throws IOException {
    out.flush();
    return HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
        .header("Content-Type", "application/x-protobuf")
        .header("Content-Encoding", "snappy")
        .POST(BodyPublishers.ofByteArray(Snappy.compress(bytes.toByteString().toByteArray())))
        .build();
  }
}
