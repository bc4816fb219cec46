package io.lookout.model.bus.wire;

import io.lookout.model.Matcher;
import io.lookout.model.bytes.MalformedBytesException;

/** The codes of matcher types: part of the wire form, never renumbered. */
final class MatcherTypes {
  private MatcherTypes() {}

  static int code(Matcher.Type type) {
    return switch (type) {
      case EQUAL -> 0;
      case NOT_EQUAL -> 1;
      case REGEX -> 2;
      case NOT_REGEX -> 3;
    };
  }

  static Matcher.Type ofCode(int code) {
    return switch (code) {
      case 0 -> Matcher.Type.EQUAL;
      case 1 -> Matcher.Type.NOT_EQUAL;
      case 2 -> Matcher.Type.REGEX;
      case 3 -> Matcher.Type.NOT_REGEX;
      default -> throw new MalformedBytesException("matcher of type " + code);
    };
  }
}
