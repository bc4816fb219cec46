package io.lookout.ingest.remotewrite;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.Label;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The symbol table of a remote write 2.0 request: strings where they lie, and the hash of each,
 * computed once. The hash of a series is the hash of its symbols' hashes, so that labels are hashed
 * once a request and not once a series. Not thread-safe.
 */
final class Symbols {
  /** Larger tables are not kept between requests. */
  private static final int KEPT = 1 << 16;

  private static final int HASH_BYTES = 16;
  private static final byte[] METRIC_NAME = Label.METRIC_NAME.getBytes(StandardCharsets.UTF_8);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final SeriesIndex index;
  private byte[] message = new byte[0];
  private int[] begins = new int[256];
  private int[] ends = new int[256];
  private byte[] hashes = new byte[256 * HASH_BYTES];
  private int size;
  private int metricName;

  Symbols(SeriesIndex index) {
    this.index = index;
  }

  /** Begins a request. */
  void clear(byte[] newMessage) {
    message = newMessage;
    size = 0;
    metricName = -1;
    if (begins.length > KEPT) {
      begins = new int[256];
      ends = new int[256];
      hashes = new byte[256 * HASH_BYTES];
    }
  }

  /** Adds the string that begins with its length here. */
  void add(ProtoReader in) {
    int length = in.length();
    int begin = in.position();
    in.position(begin + length);
    if (size == begins.length) {
      begins = Arrays.copyOf(begins, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2 * HASH_BYTES);
    }
    begins[size] = begin;
    ends[size] = begin + length;
    HashValue128 hash = index.hash(message, begin, begin + length);
    LONG.set(hashes, size * HASH_BYTES, hash.getMostSignificantBits());
    LONG.set(hashes, size * HASH_BYTES + 8, hash.getLeastSignificantBits());
    if (Arrays.equals(message, begin, begin + length, METRIC_NAME, 0, METRIC_NAME.length)) {
      metricName = size;
    }
    size++;
  }

  int size() {
    return size;
  }

  /** Whether this is the symbol {@code __name__}. */
  boolean isMetricName(int symbol) {
    return symbol == metricName;
  }

  boolean isEmpty(int symbol) {
    return begins[symbol] == ends[symbol];
  }

  /** Copies the hash of a symbol to {@code to[at..at+16)}. */
  void copyHash(int symbol, byte[] to, int at) {
    System.arraycopy(hashes, symbol * HASH_BYTES, to, at, HASH_BYTES);
  }

  /** The string; null where it is not UTF-8. */
  @Nullable String text(int symbol) {
    return index.strings().decode(message, begins[symbol], ends[symbol]);
  }
}
