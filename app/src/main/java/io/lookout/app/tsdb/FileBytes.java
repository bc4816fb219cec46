package io.lookout.app.tsdb;

import io.lookout.model.bytes.MalformedBytesException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file read here and there through a window in memory. Not thread-safe. */
final class FileBytes implements Closeable {
  private static final int WINDOW = 1 << 20;

  /** More than anything that is read in one piece: a series, a chunk, a symbol. */
  private static final int LARGEST_READ = 64 << 20;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowStart;
  private long position;

  FileBytes(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    this.size = channel.size();
  }

  long size() {
    return size;
  }

  long position() {
    return position;
  }

  FileBytes at(long offset) {
    position = offset;
    return this;
  }

  /** Makes so many bytes present at the position, and returns where they are in the window. */
  private int present(long length) throws IOException {
    if (position < 0 || length < 0 || position > size - length) {
      throw new MalformedBytesException(path + " ends early: it is damaged, or no such file");
    }
    if (length > LARGEST_READ) {
      throw new MalformedBytesException(path + " declares " + length + " bytes in one piece");
    }
    long at = position - windowStart;
    if (at < 0 || at + length > window.limit()) {
      if (length > window.capacity()) {
        window = ByteBuffer.allocate((int) length);
      }
      window.clear();
      windowStart = position;
      long from = position;
      while (window.hasRemaining() && from < size) {
        from += Math.max(0, channel.read(window, from));
      }
      window.flip();
      at = 0;
    }
    return (int) at;
  }

  int readByte() throws IOException {
    int at = present(1);
    position++;
    return window.get(at) & 0xff;
  }

  int readInt() throws IOException {
    int at = present(4);
    position += 4;
    return window.getInt(at);
  }

  long readLong() throws IOException {
    int at = present(8);
    position += 8;
    return window.getLong(at);
  }

  long readUvarint() throws IOException {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      long next = readByte();
      number |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
    throw new MalformedBytesException(path + " has a number of more than ten bytes");
  }

  long readVarint() throws IOException {
    long number = readUvarint();
    return number >>> 1 ^ -(number & 1);
  }

  byte[] readBytes(long length) throws IOException {
    int at = present(length);
    byte[] bytes = new byte[(int) length];
    window.get(at, bytes);
    position += length;
    return bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
