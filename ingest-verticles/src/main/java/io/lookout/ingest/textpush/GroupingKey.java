package io.lookout.ingest.textpush;

import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import java.net.URLDecoder;
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
    int length =
        parts.length > 1 && parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
    if (length % 2 != 0) {
      throw bad("the path must be made of pairs of label and value, has " + length + " parts");
    }
    Labels.Builder labels = new Labels.Builder();
    for (int i = 0; i < length; i += 2) {
      String name = decoded(parts[i]);
      boolean encoded = name.endsWith(BASE64);
      String bare = encoded ? name.substring(0, name.length() - BASE64.length()) : name;
      String value = encoded ? base64(parts[i + 1]) : decoded(parts[i + 1]);
      check(bare, labels);
      labels.set(bare, value);
    }
    if (labels.get("job") == null) {
      throw bad("job name is required");
    }
    return labels.build();
  }

  private static void check(String name, Labels.Builder labels) {
    if (name.isEmpty() || name.equals(Label.METRIC_NAME)) {
      throw bad("improper label name '" + name + "'");
    }
    if (labels.get(name) != null) {
      throw bad("label " + name + " is there twice");
    }
  }

  private static String decoded(String part) {
    try {
      // A plus is a plus in a path.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, "path is badly escaped: " + part, e);
    }
  }

  /** With or without padding; a single equals sign stands for nothing. */
  private static String base64(String part) {
    String text = decoded(part);
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.substring(0, end));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "value is no base64 of the URL alphabet: " + text, e);
    }
  }

  private static LookoutException bad(String message) {
    return new LookoutException(ErrorCode.BAD_DATA, message);
  }
}
