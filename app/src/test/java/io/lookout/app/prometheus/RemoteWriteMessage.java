package io.lookout.app.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.remoteread.HistogramMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.xerial.snappy.Snappy;

/** {@code prometheus.WriteRequest}: the version of remote write that every Prometheus takes. */
final class RemoteWriteMessage {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Adds the samples [from, to) of a series. */
  void add(Labels labels, SampleColumns samples, int from, int to) throws IOException {
    TimeSeriesMessage series = new TimeSeriesMessage(labels);
    for (int i = from; i < to; i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram == null) {
        series.sample(samples.times[i], samples.values[i]);
      } else {
        series.histogram(HistogramMessage.of(histogram, samples.times[i]));
      }
    }
    add(series);
  }

  void addExemplar(Labels labels, Exemplar exemplar) throws IOException {
    TimeSeriesMessage series = new TimeSeriesMessage(labels);
    series.exemplar(exemplar);
    add(series);
  }

  private void add(TimeSeriesMessage series) throws IOException {
    out.writeBytes(1, series.end());
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
