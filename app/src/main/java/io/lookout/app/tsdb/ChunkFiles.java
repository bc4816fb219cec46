package io.lookout.app.tsdb;

import io.lookout.model.SampleColumns;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.query.remoteread.ChunkReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The chunks of a block: the files of {@code chunks/}, after {@code tsdb/docs/format/chunks.md}.
 */
final class ChunkFiles implements Closeable {
  private static final int MAGIC = 0x85BD40DD;
  private static final int VERSION = 1;

  private final Path directory;
  private final Map<Long, FileBytes> files = new HashMap<>();

  ChunkFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Appends the samples of a chunk.
   *
   * @param reference number of the file (the upper 32 bits, from 0), and byte in it
   */
  void read(long reference, SampleColumns samples) throws IOException {
    FileBytes file = file(reference >>> 32);
    file.at(reference & 0xffff_ffffL);
    long length = file.readUvarint();
    byte[] chunk = file.readBytes(length + 1);
    CRC32C sum = new CRC32C();
    sum.update(chunk);
    if (file.readInt() != (int) sum.getValue()) {
      throw new MalformedBytesException(file + " is damaged at byte " + file.position());
    }
    byte[] data = Arrays.copyOfRange(chunk, 1, chunk.length);
    ChunkReader.read(chunk[0], data, samples);
  }

  private FileBytes file(long number) throws IOException {
    FileBytes known = files.get(number);
    if (known != null) {
      return known;
    }
    FileBytes file = new FileBytes(directory.resolve("%06d".formatted(number + 1)));
    files.put(number, file);
    if (file.readInt() != MAGIC || file.readByte() != VERSION) {
      throw new MalformedBytesException(file + " is no file of Prometheus's chunks");
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    for (FileBytes file : files.values()) {
      file.close();
    }
  }
}
