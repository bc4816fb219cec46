package io.lookout.app.differential;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.app.differential.DataSet.Series;
import io.lookout.model.Label;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes a {@code prometheus.WriteRequest}, uncompressed. */
final class RemoteWriteBody {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Adds the samples of the rounds [from, to), where the series has any. */
  void series(Series series, DataSet data, int from, int to) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    CodedOutputStream timeSeries = CodedOutputStream.newInstance(message);
    for (Label label : series.labels()) {
      timeSeries.writeBytes(1, label(label));
    }
    boolean any = false;
    for (int round = from; round < to; round++) {
      if (series.present()[round]) {
        timeSeries.writeBytes(2, sample(series.values()[round], data.time(round)));
        any = true;
      }
    }
    timeSeries.flush();
    if (any) {
      out.writeBytes(1, ByteString.copyFrom(message.toByteArray()));
    }
  }

  /** Adds the histograms of the rounds [from, to), where the series has any. */
  void histograms(NativeSeries series, DataSet data, int from, int to) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream timeSeries = CodedOutputStream.newInstance(message);
    for (Label label : series.labels()) {
      timeSeries.writeBytes(1, label(label));
    }
    boolean any = false;
    for (int round = from; round < to; round++) {
      if (series.present(round)) {
        timeSeries.writeBytes(4, series.message(round, data.time(round)));
        any = true;
      }
    }
    timeSeries.flush();
    if (any) {
      out.writeBytes(1, message.toByteString());
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

  private static ByteString sample(double value, long time) throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream fields = CodedOutputStream.newInstance(message);
    fields.writeFixed64(1, Double.doubleToRawLongBits(value));
    fields.writeInt64(2, time);
    fields.flush();
    return message.toByteString();
  }

  byte[] toByteArray() throws IOException {
    out.flush();
    return bytes.toByteArray();
  }
}
