package io.lookout.query.remoteread;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.io.IOException;
import java.util.List;

/** The message {@code prometheus.Histogram} of {@code prompb/types.proto}. */
public final class HistogramMessage {
  private HistogramMessage() {}

  /**
   * @param time ms
   */
  public static ByteString of(NativeHistogram h, long time) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    if (h.integer()) {
      out.writeUInt64(1, (long) h.count());
    } else {
      out.writeDouble(2, h.count());
    }
    out.writeDouble(3, h.sum());
    out.writeSInt32(4, h.schema());
    out.writeDouble(5, h.zeroThreshold());
    if (h.integer()) {
      out.writeUInt64(6, (long) h.zeroCount());
    } else {
      out.writeDouble(7, h.zeroCount());
    }
    spans(out, 8, h.negativeSpans());
    buckets(out, h.integer(), 9, h.negativeBuckets());
    spans(out, 11, h.positiveSpans());
    buckets(out, h.integer(), 12, h.positiveBuckets());
    out.writeEnum(14, hint(h.counterReset()));
    out.writeInt64(15, time);
    floats(out, 16, h.customValues());
    out.flush();
    return bytes.toByteString();
  }

  private static int hint(CounterReset reset) {
    return switch (reset) {
      case UNKNOWN -> 0;
      case YES -> 1;
      case NO -> 2;
      case GAUGE -> 3;
    };
  }

  private static void spans(CodedOutputStream out, int field, List<Span> spans) throws IOException {
    for (Span span : spans) {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream fields = CodedOutputStream.newInstance(bytes);
      fields.writeSInt32(1, span.offset());
      fields.writeUInt32(2, span.length());
      fields.flush();
      out.writeBytes(field, bytes.toByteString());
    }
  }

  /** Integers as differences to their neighbour, floats in the field after it as they are. */
  private static void buckets(CodedOutputStream out, boolean integer, int field, double[] buckets)
      throws IOException {
    if (!integer) {
      floats(out, field + 1, buckets);
      return;
    }
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream packed = CodedOutputStream.newInstance(bytes);
    long before = 0;
    for (double bucket : buckets) {
      packed.writeSInt64NoTag((long) bucket - before);
      before = (long) bucket;
    }
    packed.flush();
    if (buckets.length > 0) {
      out.writeBytes(field, bytes.toByteString());
    }
  }

  private static void floats(CodedOutputStream out, int field, double[] numbers)
      throws IOException {
    if (numbers.length > 0) {
      out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(Double.BYTES * numbers.length);
      for (double number : numbers) {
        out.writeDoubleNoTag(number);
      }
    }
  }
}
