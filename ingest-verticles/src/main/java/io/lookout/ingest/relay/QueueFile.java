package io.lookout.ingest.relay;

import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * One file of a {@link DiskQueue}: records one after the other, numbers little-endian.
 *
 * <pre>
 *   record := length:u32 crc32c:u32 payload       checksum of the payload
 * </pre>
 */
final class QueueFile {
  private static final int PREFIX = 8;
  private static final String SUFFIX = ".queue";

  private final Path directory;
  private final Path file;
  private final long number;

  QueueFile(Path directory, long number) {
    this.directory = directory;
    this.number = number;
    this.file = directory.resolve(String.format(Locale.ROOT, "%012d%s", number, SUFFIX));
  }

  /** The number of the queue file that a file is, where it is one. */
  static OptionalLong number(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.matches("\\d{12}\\" + SUFFIX)
        ? OptionalLong.of(Long.parseLong(name.substring(0, 12)))
        : OptionalLong.empty();
  }

  long number() {
    return number;
  }

  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Bytes that a payload takes with what stands before it. */
  static long sizeOf(byte[] payload) {
    return PREFIX + (long) payload.length;
  }

  /** The same for all of them. */
  static long sizeOf(List<byte[]> payloads) {
    long size = 0;
    for (byte[] each : payloads) {
      size += sizeOf(each);
    }
    return size;
  }

  /**
   * Writes at a position; what an earlier, failed write left there is overwritten, so that a full
   * disk leaves no gap.
   */
  void write(long position, byte[] payload, QueueSync sync) throws IOException {
    ByteWriter record = new ByteWriter(PREFIX + payload.length);
    record.putInt(payload.length).putInt(checksum(payload)).putBytes(payload, 0, payload.length);
    ByteBuffer rest = ByteBuffer.wrap(record.array(), 0, record.size());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long at = position;
      while (rest.hasRemaining()) {
        at += channel.write(rest, at);
      }
      sync.force(channel);
    }
    if (position == 0) {
      sync.forceNames(directory);
    }
  }

  /** What is at a position. */
  sealed interface Entry {
    /** A record as it was written. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Whole(byte[] payload) implements Entry {}

    /**
     * A record whose payload is not what was written.
     *
     * @param bytes that it takes, with what stands before it
     */
    record Damaged(long bytes) implements Entry {}

    /** Nothing, or something torn: no more can be read of the file. */
    record End() implements Entry {}
  }

  Entry read(long position) throws IOException {
    if (!Files.exists(file)) {
      return new Entry.End();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] prefix = new byte[PREFIX];
      if (!fill(channel, prefix, position)) {
        return new Entry.End();
      }
      ByteReader reader = new ByteReader(prefix);
      int length = reader.readInt();
      int checksum = reader.readInt();
      // Nothing empty is written: so many zeros are what a machine has left that lost its power.
      if (length <= 0 || length > channel.size() - position - PREFIX) {
        return new Entry.End();
      }
      byte[] payload = new byte[length];
      boolean whole = fill(channel, payload, position + PREFIX) && checksum(payload) == checksum;
      return whole ? new Entry.Whole(payload) : new Entry.Damaged(sizeOf(payload));
    }
  }

  private static boolean fill(FileChannel channel, byte[] target, long position)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int checksum(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
