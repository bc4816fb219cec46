package io.lookout.ingest.series;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Turns UTF-8 bytes into strings, and gives the same string for the same bytes where it has met
 * them lately: label names, and values such as a host's, are shared by thousands of series. A table
 * of fixed size in which a newcomer replaces what has the same slot. Thread-safe.
 */
public final class StringPool {
  private static final int SLOTS = 1 << 15;

  /** Longer strings are rarely shared. */
  private static final int LONGEST = 128;

  private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

  private record Entry(@SuppressWarnings("ArrayRecordComponent") byte[] bytes, String text) {}

  /** The text, or null where the bytes are not well-formed UTF-8. */
  public @Nullable String decode(byte[] bytes, int from, int to) {
    if (to - from > LONGEST) {
      return strict(bytes, from, to);
    }
    int slot = hash(bytes, from, to) & (SLOTS - 1);
    Entry entry = slots.getAcquire(slot);
    if (entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, from, to)) {
      return entry.text;
    }
    String text = strict(bytes, from, to);
    if (text != null) {
      slots.setRelease(slot, new Entry(Arrays.copyOfRange(bytes, from, to), text));
    }
    return text;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int h = to - from;
    for (int i = from; i < to; i++) {
      h = h * 31 + bytes[i];
    }
    return h ^ (h >>> 15);
  }

  private static @Nullable String strict(byte[] bytes, int from, int to) {
    if (isAscii(bytes, from, to)) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
