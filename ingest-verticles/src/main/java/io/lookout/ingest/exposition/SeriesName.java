package io.lookout.ingest.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that name a series of the protobuf format: the family, what is added to its name, the raw
 * labels, and the bound of a bucket. Not thread-safe.
 */
final class SeriesName {
  private byte[] bytes = new byte[256];
  private int length;
  private String family = "";
  private byte[] familyBytes = new byte[0];

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void begin(String name) {
    if (!name.equals(family)) {
      family = name;
      familyBytes = (name + '\0').getBytes(StandardCharsets.UTF_8);
    }
    length = 0;
    append(familyBytes);
  }

  void append(byte[] more) {
    append(more, 0, more.length);
  }

  void append(byte[] more, int from, int size) {
    if (length + size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + size, bytes.length * 2));
    }
    System.arraycopy(more, from, bytes, length, size);
    length += size;
  }

  void append(double bound) {
    long bits = Double.doubleToRawLongBits(bound);
    byte[] eight = new byte[8];
    for (int i = 0; i < 8; i++) {
      eight[i] = (byte) (bits >>> (8 * i));
    }
    append(eight);
  }
}
