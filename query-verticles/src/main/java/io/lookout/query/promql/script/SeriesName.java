package io.lookout.query.promql.script;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how a line names its series, {@code name{a="b"}} or <code>{"a.name", "x.y"="z"}</code>, and
 * leaves the rest of the line.
 */
final class SeriesName {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern SPACE = Pattern.compile("\\s*");
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|`([^`]*)`");

  private final String text;
  private final Matcher rest;
  private final Labels.Builder labels = new Labels.Builder();

  private SeriesName(String text) {
    this.text = text;
    this.rest = SPACE.matcher(text);
  }

  /** A series and what follows it. */
  record Named(Labels labels, String rest) {}

  /**
   * @throws ScriptException for text that does not begin with a series
   */
  static Named parse(String line) {
    return new SeriesName(line).parse();
  }

  private Named parse() {
    if (next(NAME)) {
      labels.set(Label.METRIC_NAME, rest.group());
      advance();
    }
    next(SPACE);
    advance();
    if (peek('{') && !text.startsWith("{{", rest.regionStart())) {
      skip();
      block();
    }
    return new Named(labels.build(), text.substring(rest.regionStart()));
  }

  private void block() {
    space();
    while (!peek('}')) {
      entry();
      space();
      if (peek(',')) {
        skip();
        space();
      } else if (!peek('}')) {
        throw unreadable();
      }
    }
    skip();
  }

  private void entry() {
    boolean quoted = next(QUOTED);
    if (!quoted && !next(NAME)) {
      throw unreadable();
    }
    String name = quoted ? unquoted() : rest.group();
    advance();
    space();
    if (!peek('=')) {
      labels.set(Label.METRIC_NAME, name);
      return;
    }
    skip();
    space();
    if (!next(QUOTED)) {
      throw unreadable();
    }
    labels.set(name, unquoted());
    advance();
  }

  private String unquoted() {
    if (rest.group(3) != null) {
      return rest.group(3);
    }
    return Quoted.unescape(rest.group(1) != null ? rest.group(1) : rest.group(2));
  }

  private boolean next(Pattern pattern) {
    rest.usePattern(pattern);
    return rest.lookingAt();
  }

  private void advance() {
    rest.region(rest.end(), text.length());
  }

  private void space() {
    next(SPACE);
    advance();
  }

  private boolean peek(char c) {
    int at = rest.regionStart();
    return at < text.length() && text.charAt(at) == c;
  }

  private void skip() {
    rest.region(rest.regionStart() + 1, text.length());
  }

  private ScriptException unreadable() {
    return new ScriptException("no series: " + text);
  }
}
