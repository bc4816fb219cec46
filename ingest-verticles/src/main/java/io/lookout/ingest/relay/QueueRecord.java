package io.lookout.ingest.relay;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.wire.WireForms;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;
import java.util.Arrays;

/**
 * A batch as a queue keeps it: without fingerprints, in a frame of zstd. Releases before kept what
 * goes over the bus; those records are still read. Which it is shows in the first byte:
 *
 * <pre>
 *   01 …            the batch as on the bus, plain: the version of that form
 *   28 b5 2f fd …   a frame of zstd that declares its length: the form of queues
 * </pre>
 */
final class QueueRecord {
  /** Of a batch that nobody could have sent: bodies of requests are bounded far below. */
  private static final long MOST_BYTES = 1 << 30;

  private static final byte ZSTD = 0x28;

  /** The fastest one: what makes a batch large are labels that repeat, and it finds those. */
  private static final int LEVEL = 1;

  private QueueRecord() {}

  static byte[] of(WriteBatch batch) {
    ByteWriter plain = new ByteWriter(1 << 12);
    WireForms.queuedBatch().encode(batch, plain);
    byte[] room = new byte[(int) Zstd.compressBound(plain.size())];
    long size = Zstd.compressByteArray(room, 0, room.length, plain.array(), 0, plain.size(), LEVEL);
    if (Zstd.isError(size)) {
      throw new IllegalStateException("bytes in memory cannot be compressed: " + size);
    }
    return Arrays.copyOf(room, (int) size);
  }

  /**
   * @throws MalformedBytesException for what is no record
   */
  static WriteBatch read(byte[] record) {
    if (record.length == 0 || record[0] != ZSTD) {
      return WireForms.writeBatch().decode(record, 0, record.length);
    }
    byte[] plain = decompressed(record);
    return WireForms.queuedBatch().decode(plain, 0, plain.length);
  }

  private static byte[] decompressed(byte[] record) {
    try {
      long size = Zstd.getFrameContentSize(record);
      if (size <= 0 || size > MOST_BYTES) {
        throw new MalformedBytesException("a record declares " + size + " bytes");
      }
      byte[] plain = new byte[(int) size];
      long written = Zstd.decompressByteArray(plain, 0, plain.length, record, 0, record.length);
      if (written != size) {
        throw new MalformedBytesException("a record has not the " + size + " bytes it declares");
      }
      return plain;
    } catch (ZstdException e) {
      throw new MalformedBytesException("a record is no frame of zstd: " + e.getMessage());
    }
  }
}
