package io.lookout.query.remoteread;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.NativeHistogram;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** The messages for labels and samples that requests and answers share. */
public final class SeriesMessages {
  private SeriesMessages() {}

  /** Series in the order that Prometheus wants them in. */
  static List<SeriesChunks> sorted(List<SeriesChunks> series) {
    return series.stream()
        .sorted(Comparator.comparing(each -> each.key().labels(), Labels.ORDER))
        .toList();
  }

  /** The samples of a range; all in it is wanted, the order is that of time. */
  static SampleColumns samples(ChunkMerge merge, SeriesChunks series, long minTime, long maxTime) {
    SampleColumns all = merge.samples(series.chunks());
    int from = 0;
    while (from < all.size && all.times[from] < minTime) {
      from++;
    }
    int to = all.size;
    while (to > from && all.times[to - 1] > maxTime) {
      to--;
    }
    if (from == 0 && to == all.size) {
      return all;
    }
    SampleColumns wanted = new SampleColumns(Math.max(1, to - from));
    for (int i = from; i < to; i++) {
      ChunkMerge.append(all, i, wanted);
    }
    return wanted;
  }

  /** As repeated field 1, which labels are in every message that has them. */
  public static void labels(Labels labels, CodedOutputStream out) throws IOException {
    for (Label label : labels) {
      int length =
          CodedOutputStream.computeStringSize(1, label.name())
              + CodedOutputStream.computeStringSize(2, label.value());
      message(out, 1, length);
      out.writeString(1, label.name());
      out.writeString(2, label.value());
    }
  }

  /** Begins a nested message of this length: its fields are written next. */
  static void message(CodedOutputStream out, int field, int length) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(length);
  }

  /** The message {@code prometheus.TimeSeries}. */
  static ByteString timeSeries(Labels labels, SampleColumns samples) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    labels(labels, out);
    for (int i = 0; i < samples.size; i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram == null) {
        message(
            out,
            2,
            CodedOutputStream.computeDoubleSize(1, 0)
                + CodedOutputStream.computeInt64Size(2, samples.times[i]));
        out.writeFixed64(1, Double.doubleToRawLongBits(samples.values[i]));
        out.writeInt64(2, samples.times[i]);
      } else {
        out.writeBytes(4, HistogramMessage.of(histogram, samples.times[i]));
      }
    }
    out.flush();
    return bytes.toByteString();
  }
}
