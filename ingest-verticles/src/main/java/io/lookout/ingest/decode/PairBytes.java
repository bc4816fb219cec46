package io.lookout.ingest.decode;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.SeriesIndex;
import java.util.Arrays;

/** Label pairs as bytes that no other pairs have, to be hashed. Not thread-safe. */
public final class PairBytes {
  /** Larger buffers are not kept for the next series. */
  private static final int KEPT = 1 << 16;

  private byte[] bytes = new byte[1024];
  private int size;

  /** The hash of these pairs, in this order. */
  public HashValue128 hash(LabelPairs pairs, SeriesIndex index) {
    if (bytes.length > KEPT) {
      bytes = new byte[1024];
    }
    size = 0;
    for (int i = 0; i < pairs.size(); i++) {
      add(pairs.name(i));
      add(pairs.value(i));
    }
    return index.hash(bytes, 0, size);
  }

  /** Its length, then its chars, two bytes each. */
  private void add(String text) {
    int length = text.length();
    int needed = size + 4 + 2 * length;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
    putChar((char) (length >>> 16));
    putChar((char) length);
    for (int i = 0; i < length; i++) {
      putChar(text.charAt(i));
    }
  }

  private void putChar(char c) {
    bytes[size++] = (byte) (c >>> 8);
    bytes[size++] = (byte) c;
  }
}
