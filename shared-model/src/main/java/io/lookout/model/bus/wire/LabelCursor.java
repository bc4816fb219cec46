package io.lookout.model.bus.wire;

/** Goes through labels as {@link LabelBytes} has them. Texts are taken with their lengths. */
final class LabelCursor {
  /** No labels. */
  static final byte[] NONE = {0};

  private byte[] bytes = NONE;
  private int count;
  private int left;
  private int at;

  /** Where the name of this label begins, its text, its value, the text of that, and its end. */
  private int name;

  private int nameText;
  private int value;
  private int valueText;
  private int end;

  /** Begins with these labels; stands on the first one. */
  void begin(byte[] labels) {
    bytes = labels;
    end = 0;
    count = length();
    end = at;
    left = count + 1;
    next();
  }

  /** Reads the varint at {@link #end} and leaves {@link #at} behind it. */
  private int length() {
    int length = 0;
    int shift = 0;
    at = end;
    while (bytes[at] < 0) {
      length |= (bytes[at++] & 0x7f) << shift;
      shift += 7;
    }
    return length | (bytes[at++] << shift);
  }

  void next() {
    left--;
    if (left > 0) {
      name = end;
      int length = length();
      nameText = at;
      value = at + length;
      end = value;
      length = length();
      valueText = at;
      end = at + length;
    }
  }

  boolean isAtEnd() {
    return left == 0;
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  int name() {
    return name;
  }

  int nameText() {
    return nameText;
  }

  int value() {
    return value;
  }

  int valueText() {
    return valueText;
  }

  int end() {
    return end;
  }
}
