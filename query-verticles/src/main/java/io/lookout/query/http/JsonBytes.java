package io.lookout.query.http;

import io.lookout.model.Labels;
import io.lookout.model.SeriesText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON as bytes, appended piece by piece. Numbers are written as Prometheus writes them. A buffer
 * to be filled, sent, cleared and filled again; not thread-safe.
 */
final class JsonBytes {
  /** Where a part is large enough to be sent. */
  static final int FULL = 32 << 10;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** After so many label sets it is worth while to look for labels that come again. */
  private static final int FEW = 8;

  /** Bytes that are not copied as they are; a question mark may stand for half a surrogate pair. */
  private static final boolean[] SPECIAL = special();

  private final FloatDigits floats = new FloatDigits();
  private int labelSets;
  private @Nullable LabelTexts texts;
  private byte[] bytes;
  private int size;

  /** For parts that are sent when they are full: most answers are small, and are all there is. */
  JsonBytes() {
    this(1 << 10);
  }

  /**
   * @param expected bytes; more have room too
   */
  JsonBytes(int expected) {
    bytes = new byte[expected];
  }

  private static boolean[] special() {
    boolean[] special = new boolean[256];
    for (int i = 0; i < special.length; i++) {
      special[i] = i < ' ' || i >= 0x80 || i == '"' || i == '\\' || i == '?';
    }
    return special;
  }

  boolean isFull() {
    return size >= FULL;
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  private void reserve(int n) {
    if (size + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + n, bytes.length * 4));
    }
  }

  /** ASCII text as it is. */
  @SuppressWarnings("deprecation") // Drops high bytes, of which ASCII has none: a plain copy.
  JsonBytes raw(String ascii) {
    int n = ascii.length();
    reserve(n);
    ascii.getBytes(0, n, bytes, size);
    size += n;
    return this;
  }

  JsonBytes raw(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** Bytes that are JSON already. */
  JsonBytes raw(byte[] json, int from, int n) {
    reserve(n);
    System.arraycopy(json, from, bytes, size, n);
    size += n;
    return this;
  }

  /** JSON that is whole already, but for unpaired surrogates, which become U+FFFD. */
  JsonBytes text(String json) {
    String whole = SeriesText.isUtf8(json) ? json : json.replaceAll("[\\ud800-\\udfff]", "\ufffd");
    byte[] utf8 = whole.getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  /** A string in quotes. Unpaired surrogates, which no JSON can hold, become U+FFFD. */
  JsonBytes string(String text) {
    reserve(6 * text.length() + 2);
    bytes[size++] = '"';
    if (!isCopied(text)) {
      escaped(text);
    }
    bytes[size++] = '"';
    return this;
  }

  /** Copies a text that stands for itself, as most do, in one go; otherwise does nothing. */
  private boolean isCopied(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
    boolean special = ascii.length != text.length();
    for (byte each : ascii) {
      special |= SPECIAL[each & 0xFF];
    }
    if (!special) {
      System.arraycopy(ascii, 0, bytes, size, ascii.length);
      size += ascii.length;
    }
    return !special;
  }

  private void escaped(String text) {
    for (int i = plain(text, 0); i < text.length(); i = plain(text, i + 1)) {
      char c = text.charAt(i);
      if (c < 0x80) {
        escaped(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        utf8(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        utf8(Character.isSurrogate(c) ? 0xFFFD : c);
      }
    }
  }

  /** Copies what stands for itself, mostly all of it, and says where that ends. */
  private int plain(String text, int from) {
    int n = text.length();
    int shift = size - from;
    int i = from;
    while (i < n) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      bytes[shift + i++] = (byte) c;
    }
    size = shift + i;
    return i;
  }

  private void escaped(char c) {
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
      }
    }
  }

  private void utf8(int c) {
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
    } else {
      if (c < 0x10000) {
        bytes[size++] = (byte) (0xE0 | (c >> 12));
      } else {
        bytes[size++] = (byte) (0xF0 | (c >> 18));
        bytes[size++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      }
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    bytes[size++] = (byte) (0x80 | (c & 0x3F));
  }

  JsonBytes number(long value) {
    if (value < 0) {
      return raw(Long.toString(value));
    }
    digits(value, Digits.count(value));
    return this;
  }

  /** The last {@code n} digits of a number. */
  private void digits(long value, int n) {
    reserve(n);
    Digits.write(value, n, bytes, size);
    size += n;
  }

  /** Milliseconds as seconds: {@code 1.500}, {@code 12}. */
  JsonBytes timestamp(long millis) {
    if (millis < 0) {
      raw('-');
    }
    number(Math.abs(millis / 1000));
    int fraction = (int) Math.abs(millis % 1000);
    if (fraction != 0) {
      raw('.');
      raw((char) ('0' + fraction / 100));
      raw((char) ('0' + fraction / 10 % 10));
      raw((char) ('0' + fraction % 10));
    }
    return this;
  }

  /** A float in quotes. */
  JsonBytes value(double value) {
    reserve(FloatDigits.LONGEST + 2);
    bytes[size++] = '"';
    size = floats.write(value, bytes, size);
    bytes[size++] = '"';
    return this;
  }

  /** The same without an exponent, which Prometheus writes in no scalar. */
  JsonBytes scalar(double value) {
    reserve(FloatDigits.LONGEST_PLAIN + 2);
    bytes[size++] = '"';
    size = floats.writePlain(value, bytes, size);
    bytes[size++] = '"';
    return this;
  }

  /** The array with room for so many bytes from {@link #size} on, to be written without a look. */
  byte[] room(int most) {
    reserve(most);
    return bytes;
  }

  /** The room has been written up to here. */
  void writtenTo(int end) {
    size = end;
  }

  /** Writes floats into room. */
  FloatDigits floats() {
    return floats;
  }

  /** A label set as an object. */
  JsonBytes labels(Labels labels) {
    if (texts == null && labelSets++ == FEW) {
      texts = new LabelTexts();
    }
    raw('{');
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      label(labels.name(i), labels.value(i));
    }
    return raw('}');
  }

  private void label(String name, String value) {
    if (texts == null) {
      string(name).raw(':').string(value);
    } else {
      texts.write(name, value, this);
    }
  }
}
