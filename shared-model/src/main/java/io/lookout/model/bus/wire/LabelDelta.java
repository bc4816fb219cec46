package io.lookout.model.bus.wire;

import io.lookout.model.Labels;
import io.lookout.model.Utf8Order;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The labels of a series as what they differ in from those of another. Series of one sender share
 * most of their labels, so that little is left.
 *
 * <pre>
 *   labels := count:varint step*                 steps until there are so many labels
 *   step   := 0                                  the other's next label
 *           | 1 value:text                       its name, with another value
 *           | 2 name:text value:text             a label that the other has not
 *           | 3                                  the other's next label is left out
 *           | 4 begin:varint rest:text           its name; its value's first bytes, and a rest
 * </pre>
 *
 * <p>What two values begin with in common is taken no further than it is ASCII.
 */
final class LabelDelta {
  private static final int SAME = 0;
  private static final int VALUE = 1;
  private static final int ADDED = 2;
  private static final int LEFT_OUT = 3;
  private static final int REST = 4;

  /** Fewer bytes in common are not worth the step. */
  private static final int LEAST_BEGIN = 3;

  private LabelDelta() {}

  /** Both cursors stand on the first label, and at the end afterwards, or the other before it. */
  static void write(LabelCursor other, LabelCursor labels, ByteWriter out) {
    byte[] bytes = labels.bytes();
    out.putVarLong(labels.count());
    for (; !labels.isAtEnd(); labels.next()) {
      int order = skipBefore(labels, other, out);
      if (order != 0) {
        out.putByte(ADDED).putBytes(bytes, labels.name(), labels.end() - labels.name());
        continue;
      }
      if (hasSameValue(labels, other)) {
        out.putByte(SAME);
      } else {
        writeValue(labels, other, out);
      }
      other.next();
    }
  }

  private static void writeValue(LabelCursor labels, LabelCursor other, ByteWriter out) {
    int begin = begin(labels, other);
    if (begin < LEAST_BEGIN) {
      out.putByte(VALUE).putBytes(labels.bytes(), labels.value(), labels.end() - labels.value());
      return;
    }
    int rest = labels.valueText() + begin;
    int length = labels.end() - rest;
    out.putByte(REST).putVarLong(begin).putVarLong(length).putBytes(labels.bytes(), rest, length);
  }

  /** How many bytes of ASCII both values begin with. */
  private static int begin(LabelCursor a, LabelCursor b) {
    int most = Math.min(a.end() - a.valueText(), b.end() - b.valueText());
    int begin = 0;
    while (begin < most
        && a.bytes()[a.valueText() + begin] >= 0
        && a.bytes()[a.valueText() + begin] == b.bytes()[b.valueText() + begin]) {
      begin++;
    }
    return begin;
  }

  /** Leaves out what is before this label by name; 0 where the other stands on the same name. */
  private static int skipBefore(LabelCursor labels, LabelCursor other, ByteWriter out) {
    while (!other.isAtEnd()) {
      int order =
          Arrays.compareUnsigned(
              other.bytes(),
              other.nameText(),
              other.value(),
              labels.bytes(),
              labels.nameText(),
              labels.value());
      if (order >= 0) {
        return order;
      }
      out.putByte(LEFT_OUT);
      other.next();
    }
    return 1;
  }

  private static boolean hasSameValue(LabelCursor a, LabelCursor b) {
    return Arrays.equals(a.bytes(), a.value(), a.end(), b.bytes(), b.value(), b.end());
  }

  /**
   * Reads what {@link #write} wrote beside the same other labels.
   *
   * @param shared gives a string for equal ones
   */
  static Labels read(Labels other, ByteReader in, UnaryOperator<String> shared) {
    String[] pairs = new String[2 * in.readCount(1)];
    int next = 0;
    for (int i = 0; i < pairs.length; ) {
      int step = in.readByte();
      if (step > REST || (step != ADDED && next >= other.size())) {
        throw new MalformedBytesException("step " + step + " of labels after " + next);
      }
      if (step == LEFT_OUT) {
        next++;
        continue;
      }
      pairs[i] = step == ADDED ? shared.apply(in.readText()) : other.name(next);
      pairs[i + 1] =
          switch (step) {
            case SAME -> other.value(next);
            case REST -> shared.apply(begin(other.value(next), in) + in.readText());
            default -> shared.apply(in.readText());
          };
      next += step == ADDED ? 0 : 1;
      if (pairs[i + 1].isEmpty() || (i > 0 && Utf8Order.compare(pairs[i - 2], pairs[i]) >= 0)) {
        throw new MalformedBytesException("labels out of order or empty");
      }
      i += 2;
    }
    return Labels.ofSorted(pairs);
  }

  private static String begin(String value, ByteReader in) {
    long length = in.readVarLong();
    if (length < 0 || length > value.length()) {
      throw new MalformedBytesException(length + " bytes of a value of " + value.length());
    }
    String begin = value.substring(0, (int) length);
    for (int i = 0; i < begin.length(); i++) {
      if (begin.charAt(i) >= 0x80) {
        throw new MalformedBytesException("a value that begins with more than ASCII of another");
      }
    }
    return begin;
  }
}
