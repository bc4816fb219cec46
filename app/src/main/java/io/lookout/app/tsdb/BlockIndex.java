package io.lookout.app.tsdb;

import io.lookout.model.Labels;
import io.lookout.model.bytes.MalformedBytesException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The series of a block in their order: the file {@code index}, format 2, after {@code
 * tsdb/docs/format/index.md}. Only symbols and series are read.
 */
final class BlockIndex implements Closeable {
  private static final int MAGIC = 0xBAAAD700;
  private static final int VERSION = 2;
  private static final int SECTIONS = 6;
  private static final int ALIGNMENT = 16;

  /** Far more than the labels of any block. */
  private static final int MOST_SYMBOLS = 1 << 28;

  /** A chunk of a series: where it is, and of what time. */
  record ChunkPlace(long reference, long minTime, long maxTime) {}

  /**
   * A series.
   *
   * @param id by which tombstones name it
   */
  record Entry(long id, Labels labels, List<ChunkPlace> chunks) {}

  private final FileBytes file;
  private final String[] symbols;
  private final long end;

  BlockIndex(Path path) throws IOException {
    file = new FileBytes(path);
    if (file.readInt() != MAGIC || file.readByte() != VERSION) {
      throw new MalformedBytesException(path + " is no Prometheus index of format 2");
    }
    long[] sections = new long[SECTIONS];
    file.at(file.size() - SECTIONS * 8 - 4);
    for (int i = 0; i < SECTIONS; i++) {
      sections[i] = file.readLong();
    }
    symbols = symbols(sections[0]);
    long start = sections[1];
    long next = file.size() - SECTIONS * 8 - 4;
    for (long section : sections) {
      next = section > start ? Math.min(next, section) : next;
    }
    end = next;
    file.at(start == 0 ? end : start);
  }

  private String[] symbols(long offset) throws IOException {
    file.at(offset);
    long length = Integer.toUnsignedLong(file.readInt());
    long count = Integer.toUnsignedLong(file.readInt());
    if (length > file.size() || count > length || count > MOST_SYMBOLS) {
      throw new MalformedBytesException(file + " has more symbols than bytes for them");
    }
    String[] all = new String[(int) count];
    for (int i = 0; i < all.length; i++) {
      all[i] = new String(file.readBytes(file.readUvarint()), StandardCharsets.UTF_8);
    }
    return all;
  }

  /** Where it has come to, of {@link #size}. */
  long position() {
    return file.position();
  }

  long size() {
    return end;
  }

  /** The next series; null after the last. */
  @Nullable Entry next() throws IOException {
    while (file.position() < end) {
      long at = (file.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      if (at >= end) {
        return null;
      }
      file.at(at);
      long length = file.readUvarint();
      if (length > 0) {
        long begin = file.position();
        Entry entry = entry(at / ALIGNMENT);
        check(begin, length);
        return entry;
      }
      file.at(at + ALIGNMENT); // Padding.
    }
    return null;
  }

  private Entry entry(long id) throws IOException {
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    for (long left = file.readUvarint(); left > 0; left--) {
      labels.set(symbol(file.readUvarint()), symbol(file.readUvarint()));
    }
    List<ChunkPlace> chunks = new ArrayList<>();
    long time = 0;
    long reference = 0;
    for (long left = file.readUvarint(); left > 0; left--) {
      boolean first = chunks.isEmpty();
      long minTime = first ? file.readVarint() : time + file.readUvarint();
      time = minTime + file.readUvarint();
      reference = first ? file.readUvarint() : reference + file.readVarint();
      chunks.add(new ChunkPlace(reference, minTime, time));
    }
    return new Entry(id, labels.build(), chunks);
  }

  private String symbol(long number) {
    if (number < 0 || number >= symbols.length) {
      throw new MalformedBytesException(file + " names a symbol that it has not");
    }
    return symbols[(int) number];
  }

  private void check(long begin, long length) throws IOException {
    CRC32C sum = new CRC32C();
    sum.update(file.at(begin).readBytes(length));
    if (file.readInt() != (int) sum.getValue()) {
      throw new MalformedBytesException(file + " is damaged at byte " + begin);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
