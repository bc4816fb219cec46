package io.lookout.app.rehearsal;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.xerial.snappy.Snappy;

/**
 * Series such as exporters have, in rounds of one sample each: requests of remote write 1.0, the
 * version that most senders speak. Not thread-safe.
 */
final class SeriesRounds {
  private static final int HOSTS = 10;
  private static final List<String> MODES = List.of("idle", "user", "system", "iowait");
  private static final List<String> CODES = List.of("200", "404", "500");
  private static final List<String> BOUNDS =
      List.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "+Inf");

  private final List<Series> series = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);

  /** One series: its labels as they are sent, and its last value. */
  private static final class Series {
    private final byte[] labels;
    private final boolean counter;
    private double value;

    Series(byte[] labels, boolean counter) {
      this.labels = labels;
      this.counter = counter;
    }

    double next(SplittableRandom random) {
      value = counter ? value + random.nextInt(100) : random.nextInt(100_000) / 100.0;
      return value;
    }
  }

  SeriesRounds() throws IOException {
    for (int host = 0; host < HOSTS; host++) {
      String instance = "host-" + host + ":9100";
      add(false, "up", instance);
      add(false, "load1", instance);
      add(false, "memory_free_bytes", instance);
      add(false, "memory_total_bytes", instance);
      for (int i = 0; i < 16; i++) {
        add(false, "pod_memory_bytes", instance, "pod", "pod-" + i);
        for (String mode : MODES) {
          add(true, "cpu_seconds_total", instance, "cpu", "" + i, "mode", mode);
        }
      }
      for (int i = 0; i < 5; i++) {
        for (String code : CODES) {
          add(true, "requests_total", instance, "code", code, "handler", "/" + i);
        }
        for (String bound : BOUNDS) {
          add(true, "request_seconds_bucket", instance, "handler", "/" + i, "le", bound);
        }
      }
    }
  }

  private void add(boolean counter, String metric, String instance, String... more)
      throws IOException {
    Labels.Builder labels =
        Labels.of("__name__", metric, "family", metric, "instance", instance, "job", "node")
            .toBuilder();
    for (int i = 0; i < more.length; i += 2) {
      labels.set(more[i], more[i + 1]);
    }
    series.add(new Series(encoded(labels.build()), counter));
  }

  private static byte[] encoded(Labels labels) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (Label label : labels) {
      ByteString.Output pair = ByteString.newOutput();
      CodedOutputStream fields = CodedOutputStream.newInstance(pair);
      fields.writeString(1, label.name());
      fields.writeString(2, label.value());
      fields.flush();
      out.writeBytes(1, pair.toByteString());
    }
    out.flush();
    return bytes.toByteString().toByteArray();
  }

  /** The next sample of every series: a body, compressed. */
  byte[] next(long time) throws IOException {
    ByteString.Output bytes = ByteString.newOutput(1 << 16);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (Series each : series) {
      double value = each.next(random);
      int sample =
          CodedOutputStream.computeDoubleSize(1, value)
              + CodedOutputStream.computeInt64Size(2, time);
      int header = 1 + CodedOutputStream.computeUInt32SizeNoTag(sample);
      out.writeTag(1, 2);
      out.writeUInt32NoTag(each.labels.length + header + sample);
      out.writeRawBytes(each.labels);
      out.writeTag(2, 2);
      out.writeUInt32NoTag(sample);
      out.writeDouble(1, value);
      out.writeInt64(2, time);
    }
    out.flush();
    return Snappy.compress(bytes.toByteString().toByteArray());
  }
}
