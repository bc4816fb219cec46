package io.lookout.query.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How labels were written, for the next series that have the same ones: those of many series are
 * mostly the same few. Bounded; not thread-safe.
 */
final class LabelTexts {
  private static final int PLACES = 1 << 10;

  /** Leaves the upper bits of a product, which depend on all of it. */
  private static final int SHIFT = Integer.numberOfLeadingZeros(PLACES - 1);

  /** Longer ones are not kept. */
  private static final int LONGEST = 256;

  private final @Nullable Entry[] entries = new Entry[PLACES];

  /** A label, {@code "name":"value"}. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Entry(String name, String value, byte[] text) {
    @SuppressWarnings("ReferenceEquality") // Mostly enough: the strings are shared.
    boolean is(String otherName, String otherValue) {
      return (value == otherValue || value.equals(otherValue))
          && (name == otherName || name.equals(otherName));
    }
  }

  /** Appends {@code "name":"value"}. */
  void write(String name, String value, JsonBytes out) {
    int place = ((31 * name.hashCode() + value.hashCode()) * 0x9E3779B9) >>> SHIFT;
    Entry entry = entries[place];
    if (entry != null && entry.is(name, value)) {
      out.raw(entry.text, 0, entry.text.length);
      return;
    }
    int from = out.size();
    out.string(name).raw(':').string(value);
    if (out.size() - from <= LONGEST) {
      entries[place] = new Entry(name, value, Arrays.copyOfRange(out.array(), from, out.size()));
    }
  }
}
