package io.lookout.ingest.textpush;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The labels that a path of the Pushgateway names: {@code job/<job>{/<label>/<value>}}, where
 * {@code <label>@base64} says that the value is encoded, as it must be where it contains a slash or
 * is empty ({@code =}).
 *
 * <p>Source: the README of the Pushgateway, section "URL".
 */
final class GroupingKey {
  private static final String BASE64 = "@base64";

  private GroupingKey() {}

  /**
   * @param path what follows {@code /metrics/}, not decoded
   * @throws LookoutException {@code BAD_DATA} for a path that names no job or is not in pairs
   */
  static Labels of(String path) {
    String[] parts = path.split("/", -1);
    // One slash may stand behind the job; behind anything else it begins an empty part.
    int length = parts.length == 3 && parts[2].isEmpty() ? 2 : parts.length;
    if (length % 2 != 0) {
      throw bad("the path must be made of pairs of label and value, has " + length + " parts");
    }
    Labels.Builder labels = new Labels.Builder();
    for (int i = length - 2; i >= 0; i -= 2) {
      // Of a label that is there twice the last counts, of the job the first.
      pair(parts[i], parts[i + 1], i == 0, labels);
    }
    Labels group = labels.build();
    if (group.valueOf("job").isEmpty()) {
      throw bad("job name is required");
    }
    return group;
  }

  private static void pair(String name, String value, boolean first, Labels.Builder labels) {
    String plain = decoded(name);
    boolean encoded = plain.endsWith(BASE64);
    String bare = encoded ? plain.substring(0, plain.length() - BASE64.length()) : plain;
    String text = encoded ? base64(value) : decoded(value);
    if (!SeriesText.isLegacyLabelName(bare) || bare.startsWith("__")) {
      throw bad("improper label name " + SeriesText.quote(bare));
    }
    if (first || labels.get(bare) == null) {
      labels.set(bare, text);
    }
  }

  private static String decoded(String part) {
    try {
      // A plus is a plus in a path.
      return utf8(
          URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, "path is badly escaped: " + part, e);
    }
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** With or without padding; a single equals sign stands for nothing. */
  private static String base64(String part) {
    String text = decoded(part);
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    try {
      return utf8(Base64.getUrlDecoder().decode(text.substring(0, end)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "value is no base64 of the URL alphabet: " + text, e);
    }
  }

  private static LookoutException bad(String message) {
    return new LookoutException(ErrorCode.BAD_DATA, message);
  }
}
