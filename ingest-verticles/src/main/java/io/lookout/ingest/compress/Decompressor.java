package io.lookout.ingest.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Decompresses bodies into a buffer that is used again. A length that the bytes declare of
 * themselves is believed up to the cap; where they declare none, the buffer grows with what really
 * comes out, up to the same cap. Not thread-safe.
 */
public final class Decompressor {
  /** Larger buffers are not kept between requests. */
  private static final int KEPT = 8 << 20;

  private static final int SMALLEST = 16 << 10;

  /**
   * Every decoder should have a window of 8 MiB, says RFC 8878; frames that want more are refused.
   */
  private static final int ZSTD_WINDOW_LOG = 23;

  /** A ratio that no sender of metrics reaches: nobody needs more for a start. */
  private static final int USUAL_RATIO = 8;

  private final SnappyBlock snappy = new SnappyBlock();
  private byte[] own = new byte[SMALLEST];
  private byte[] result = own;

  /** The bytes begin at index 0 and count until the next call. */
  public byte[] buffer() {
    return result;
  }

  /**
   * Decompresses {@code in[0..length)} and returns how long the result is.
   *
   * @throws LookoutException {@code TOO_LARGE} for more than {@code cap}, {@code BAD_DATA} for what
   *     is not of this coding
   */
  public int decompress(ContentCoding coding, byte[] in, int length, int cap) {
    return switch (coding) {
      case IDENTITY -> plain(in, length, cap);
      case SNAPPY -> {
        int size = snappy.decompress(in, length, cap);
        result = snappy.buffer();
        yield size;
      }
      case GZIP, DEFLATE -> streamed(coding, in, length, cap);
      case ZSTD -> zstd(in, length, cap);
    };
  }

  /**
   * How long the result will be, as far as can be said without decompressing: to choose where to do
   * the work, not how much to allocate.
   */
  public static long expectedLength(ContentCoding coding, byte[] in, int length) {
    return switch (coding) {
      case IDENTITY -> length;
      case SNAPPY -> SnappyBlock.declaredLength(in, length);
      case GZIP, DEFLATE -> (long) length * USUAL_RATIO;
      case ZSTD -> {
        long declared = declaredByZstd(in, length);
        yield declared > 0 ? declared : (long) length * USUAL_RATIO;
      }
    };
  }

  private int plain(byte[] in, int length, int cap) {
    if (length > cap) {
      throw tooLarge(cap);
    }
    result = in;
    return length;
  }

  private int zstd(byte[] in, int length, int cap) {
    long declared = declaredByZstd(in, length);
    if (declared > cap) {
      throw new LookoutException(
          ErrorCode.TOO_LARGE, "body is " + declared + " bytes when decompressed, limit " + cap);
    }
    return streamed(ContentCoding.ZSTD, in, length, cap);
  }

  /** At most 0 where the frame does not say, or is none. */
  private static long declaredByZstd(byte[] in, int length) {
    try {
      return Zstd.getFrameContentSize(in, 0, length);
    } catch (ZstdException e) {
      return -1;
    }
  }

  private int streamed(ContentCoding coding, byte[] in, int length, int cap) {
    reset(length, cap);
    try (InputStream stream = stream(coding, new ByteArrayInputStream(in, 0, length), in, length)) {
      int size = 0;
      while (true) {
        if (size == own.length) {
          grow(cap);
        }
        int read = stream.read(own, size, own.length - size);
        if (read < 0) {
          result = own;
          return size;
        }
        size += read;
        if (size > cap) {
          throw tooLarge(cap);
        }
      }
    } catch (IOException | ZstdException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "body is not " + coding + ": " + e.getMessage(), e);
    }
  }

  private static InputStream stream(
      ContentCoding coding, InputStream compressed, byte[] in, int length) throws IOException {
    return switch (coding) {
      case GZIP -> new GZIPInputStream(compressed, SMALLEST);
      case ZSTD -> new ZstdInputStreamNoFinalizer(compressed).setLongMax(ZSTD_WINDOW_LOG);
      case DEFLATE, SNAPPY, IDENTITY ->
          isZlib(in, length)
              ? new InflaterInputStream(compressed)
              : new InflaterInputStream(compressed, new java.util.zip.Inflater(true));
    };
  }

  /** The coding is named deflate and means zlib; some senders took the name at its word. */
  private static boolean isZlib(byte[] in, int length) {
    return length >= 2 && (in[0] & 0x0f) == 8 && (((in[0] & 0xff) << 8) | (in[1] & 0xff)) % 31 == 0;
  }

  private void reset(int length, int cap) {
    long wanted = Math.clamp((long) length * USUAL_RATIO, SMALLEST, Math.max(SMALLEST, KEPT));
    if (own.length < wanted || own.length > KEPT) {
      own = new byte[(int) Math.min(wanted, Math.max((long) cap + 1, SMALLEST))];
    }
  }

  /** One byte more than the cap is enough to see that there is too much. */
  private void grow(int cap) {
    own = Arrays.copyOf(own, (int) Math.min(own.length * 2L, (long) cap + 1));
  }

  private static LookoutException tooLarge(int cap) {
    return new LookoutException(
        ErrorCode.TOO_LARGE, "body is more than " + cap + " bytes when decompressed");
  }
}
