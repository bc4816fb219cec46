package io.lookout.app.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.bus.Exemplar;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code prometheus.TimeSeries} of remote write 1.0: the labels, and what is added to them. */
public final class TimeSeriesMessage {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
  private boolean empty = true;

  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  public TimeSeriesMessage(Labels labels) {
    for (Label label : labels) {
      write(1, label(label));
    }
  }

  private static ByteString message(Fields fields) {
    try {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.writeTo(out);
      out.flush();
      return bytes.toByteString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteString label(Label label) {
    return message(out -> {
      out.writeString(1, label.name());
      out.writeString(2, label.value());
    });
  }

  private void write(int field, ByteString message) {
    try {
      out.writeBytes(field, message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void sample(long time, double value) {
    empty = false;
    write(
        2,
        message(out -> {
          out.writeDouble(1, value);
          out.writeInt64(2, time);
        }));
  }

  void exemplar(Exemplar exemplar) {
    empty = false;
    write(
        3,
        message(out -> {
          for (Label label : exemplar.labels()) {
            out.writeBytes(1, label(label));
          }
          out.writeDouble(2, exemplar.value());
          out.writeInt64(3, exemplar.time());
        }));
  }

  /**
   * @param message {@code prometheus.Histogram}
   */
  public void histogram(ByteString message) {
    empty = false;
    write(4, message);
  }

  /** Whether there are labels only. */
  public boolean isEmpty() {
    return empty;
  }

  /** The message; nothing can be added any more. */
  public ByteString end() {
    try {
      out.flush();
      return bytes.toByteString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
