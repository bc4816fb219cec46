package io.lookout.query.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in URLs and forms, where {@code %HH} stands for a byte. */
final class PercentText {
  private PercentText() {}

  /**
   * As in forms, where {@code +} is a space. What is not UTF-8 becomes U+FFFD.
   *
   * @throws LookoutException with {@code BAD_DATA} for {@code %} without two digits after it
   */
  static String decode(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0
        ? text
        : new String(bytes(text.replace('+', ' ')), StandardCharsets.UTF_8);
  }

  /**
   * The name of a label in a path.
   *
   * @throws LookoutException with {@code BAD_DATA} for what is not UTF-8 too
   */
  static String labelName(String text) {
    byte[] bytes = bytes(text);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "invalid label name: " + SeriesText.quote(strayBytes(bytes)), e);
    }
  }

  /** Bytes that are not ASCII, as {@link SeriesText} writes stray ones. */
  private static String strayBytes(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      text.append((char) (each < 0 ? 0xDC00 + (each & 0xFF) : each));
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
    int at = 0;
    while (at < encoded.length) {
      if (encoded[at] != '%') {
        bytes.write(encoded[at++]);
        continue;
      }
      int high = digit(encoded, at + 1);
      int low = digit(encoded, at + 2);
      if (high < 0 || low < 0) {
        int end = Math.min(encoded.length, at + 3);
        String bad = new String(encoded, at, end - at, StandardCharsets.UTF_8);
        throw new LookoutException(
            ErrorCode.BAD_DATA, "invalid URL escape " + SeriesText.quote(bad));
      }
      bytes.write(high << 4 | low);
      at += 3;
    }
    return bytes.toByteArray();
  }

  private static int digit(byte[] text, int at) {
    return at < text.length && text[at] > 0 ? Character.digit((char) text[at], 16) : -1;
  }
}
