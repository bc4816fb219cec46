package io.lookout.storage.wal;

import io.lookout.model.bytes.ByteWriter;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The shape of a segment file ({@code docs/formats/wal.md}):
 *
 * <pre>
 *   segment := "LKWL" version:u8 record*
 *   record  := length:u32 crc32c:u32 payload       checksum of the payload, little-endian
 * </pre>
 */
final class Frame {
  static final int HEADER = 5;
  static final int PREFIX = 8;
  static final int VERSION = 1;

  private static final byte[] MAGIC = {'L', 'K', 'W', 'L', VERSION};

  private Frame() {}

  static void header(ByteWriter out) {
    out.putBytes(MAGIC, 0, HEADER);
  }

  static boolean isHeader(byte[] bytes) {
    return Arrays.equals(bytes, MAGIC);
  }

  /** Begins a record and returns where. */
  static int begin(ByteWriter out) {
    int at = out.size();
    out.putLong(0);
    return at;
  }

  static void end(ByteWriter out, int at) {
    int length = out.size() - at - PREFIX;
    out.setInt(at, length);
    out.setInt(at + 4, checksum(out.array(), at + PREFIX, length));
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
