package io.lookout.app.tsdb;

import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.compress.Decompressor;
import io.lookout.model.bytes.MalformedBytesException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The records of one file of a log, after {@code tsdb/docs/format/wal.md}: pages of 32 KiB, in
 * which a record lies as one fragment or several.
 *
 * <pre>
 *   fragment := type|coding:u8  length:u16  CRC-32C:u32  length bytes            big-endian
 *   type      1 whole record, 2 first, 3 middle, 4 last fragment; 0 the rest of the page is empty
 *   coding    bit 3 snappy, bit 4 zstd; of the record, not of the fragment
 * </pre>
 */
final class LogSegment implements Closeable {
  private static final int PAGE = 32 << 10;
  private static final int HEADER = 7;

  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final int TYPE = 7;
  private static final int SNAPPY = 1 << 3;
  private static final int ZSTD = 1 << 4;

  /** Of a record as it was before compression: far more than one scrape or request brings. */
  private static final int LARGEST_RECORD = 256 << 20;

  private final FileBytes file;
  private final Decompressor decompressor = new Decompressor();
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  LogSegment(Path path) throws IOException {
    file = new FileBytes(path);
  }

  long position() {
    return file.position();
  }

  long size() {
    return file.size();
  }

  /**
   * The next record; null after the last.
   *
   * @throws MalformedBytesException where the bytes are no record, or end within one, as after a
   *     crash: then there is nothing more to be had of this file
   */
  byte @Nullable [] next() throws IOException {
    parts.reset();
    boolean begun = false;
    while (toFragment()) {
      int head = file.readByte();
      int type = head & TYPE;
      if (type == 0) {
        file.at(pageEnd());
        continue;
      }
      if (begun == (type <= FIRST) || type > LAST) {
        throw new MalformedBytesException("a fragment of type " + type + " in the wrong place");
      }
      byte[] fragment = fragment();
      if (type == FULL) {
        return plain(fragment, head);
      }
      begun = true;
      parts.writeBytes(fragment);
      if (type == LAST) {
        return plain(parts.toByteArray(), head);
      }
    }
    if (begun) {
      throw new MalformedBytesException("it ends within a record");
    }
    return null;
  }

  /** Goes to the next page where this one has no room for a fragment; false at the end. */
  private boolean toFragment() {
    if (pageEnd() - file.position() < HEADER) {
      file.at(pageEnd());
    }
    return file.position() < file.size();
  }

  private long pageEnd() {
    return (file.position() / PAGE + 1) * PAGE;
  }

  private byte[] fragment() throws IOException {
    int length = file.readByte() << 8 | file.readByte();
    int sum = file.readInt();
    if (file.position() + length > pageEnd()) {
      throw new MalformedBytesException("a fragment is longer than its page");
    }
    byte[] bytes = file.readBytes(length);
    CRC32C actual = new CRC32C();
    actual.update(bytes);
    if ((int) actual.getValue() != sum) {
      throw new MalformedBytesException("a checksum is wrong");
    }
    return bytes;
  }

  private byte[] plain(byte[] record, int head) {
    ContentCoding coding =
        (head & SNAPPY) != 0
            ? ContentCoding.SNAPPY
            : (head & ZSTD) != 0 ? ContentCoding.ZSTD : ContentCoding.IDENTITY;
    if (coding == ContentCoding.IDENTITY) {
      return record;
    }
    int size = decompressor.decompress(coding, record, record.length, LARGEST_RECORD);
    return Arrays.copyOf(decompressor.buffer(), size);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
