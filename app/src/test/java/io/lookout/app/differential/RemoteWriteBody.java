package io.lookout.app.differential;

import com.google.protobuf.CodedOutputStream;
import io.lookout.app.differential.DataSet.Series;
import io.lookout.app.prometheus.TimeSeriesMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes a {@code prometheus.WriteRequest}, uncompressed. */
final class RemoteWriteBody {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Adds the samples of the rounds [from, to), where the series has any. */
  void series(Series series, DataSet data, int from, int to) throws IOException {
    TimeSeriesMessage message = new TimeSeriesMessage(series.labels());
    for (int round = from; round < to; round++) {
      if (series.present()[round]) {
        message.sample(data.time(round), series.values()[round]);
      }
    }
    add(message);
  }

  /** Adds the histograms of the rounds [from, to), where the series has any. */
  void histograms(NativeSeries series, DataSet data, int from, int to) throws IOException {
    TimeSeriesMessage message = new TimeSeriesMessage(series.labels());
    for (int round = from; round < to; round++) {
      if (series.present(round)) {
        message.histogram(series.message(round, data.time(round)));
      }
    }
    add(message);
  }

  private void add(TimeSeriesMessage message) throws IOException {
    if (!message.isEmpty()) {
      out.writeBytes(1, message.end());
    }
  }

  byte[] toByteArray() throws IOException {
    out.flush();
    return bytes.toByteArray();
  }
}
