package io.lookout.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * What a label value is compared with: one value, or a regular expression of RE2 syntax over the
 * whole value, matched in linear time.
 */
public sealed interface LabelPattern {
  boolean matches(String labelValue);

  static LabelPattern literal(String value) {
    return new Literal(value);
  }

  /**
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} where the text is no regular
   *     expression
   */
  static LabelPattern regex(String expression) {
    try {
      return new Regex(Pattern.compile("^(?s:" + expression + ")$"));
    } catch (PatternSyntaxException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`",
          e);
    }
  }

  /** Exactly this value. */
  record Literal(String value) implements LabelPattern {
    @Override
    public boolean matches(String labelValue) {
      return value.equals(labelValue);
    }
  }

  /** Whatever the engine finds. */
  record Regex(Pattern pattern) implements LabelPattern {
    @Override
    public boolean matches(String labelValue) {
      return pattern.matcher(labelValue).find();
    }
  }
}
