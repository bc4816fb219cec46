package io.lookout.storage.block;

import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;
import java.util.zip.CRC32C;

/** The CRC-32C at the end of each binary of a block, in four bytes, the lowest first. */
final class Checksum {
  private static final int BYTES = 4;

  private Checksum() {}

  /** What was written, followed by its checksum. */
  static byte[] append(ByteWriter out) {
    out.putInt(of(out.array(), out.size()));
    return out.toByteArray();
  }

  /**
   * A reader of what is before the checksum.
   *
   * @param what names the bytes in the error message
   */
  static ByteReader check(byte[] checksummed, String what) throws CorruptBlockException {
    int length = checksummed.length - BYTES;
    if (length < 0) {
      throw new CorruptBlockException(what + " of " + checksummed.length + " bytes is cut off");
    }
    if (new ByteReader(checksummed, length, BYTES).readInt() != of(checksummed, length)) {
      throw new CorruptBlockException(what + " has a wrong checksum");
    }
    return new ByteReader(checksummed, 0, length);
  }

  private static int of(byte[] array, int length) {
    CRC32C crc = new CRC32C();
    crc.update(array, 0, length);
    return (int) crc.getValue();
  }
}
