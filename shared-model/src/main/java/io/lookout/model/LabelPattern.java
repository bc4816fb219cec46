package io.lookout.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Set;

/**
 * What a label value is compared with: one value, or a regular expression of RE2 syntax over the
 * whole value, matched in linear time.
 *
 * <p>Most expressions in dashboards are lists of values or one value with {@code .*} around it.
 * Those become cases of their own, which need no engine and which an index can look up instead of
 * scanning all values.
 */
public sealed interface LabelPattern {
  boolean matches(String labelValue);

  static LabelPattern literal(String value) {
    return new Literal(value);
  }

  /**
   * The simplest pattern that accepts what the expression accepts. Dots match line ends too, as in
   * Prometheus.
   *
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} where the text is no regular
   *     expression, or one beyond the {@linkplain RegexLimits limits}
   */
  static LabelPattern regex(String expression) {
    RegexLimits.check(expression);
    // On its own first: parentheses that only pair up with those around it are an error.
    String closed = closed(expression);
    compiled(closed);
    Pattern pattern = compiled("^(?s:" + closed + ")$");
    return SimplePatterns.of(expression).orElseGet(() -> new Regex(pattern));
  }

  /** A quotation that is still open at the end, {@code \Qa}, ends there: re2j asks to be told. */
  private static String closed(String expression) {
    int at = expression.indexOf('\\');
    while (at >= 0) {
      int next = at + 2;
      if (expression.startsWith("Q", at + 1)) {
        int end = expression.indexOf("\\E", next);
        if (end < 0) {
          return expression + "\\E";
        }
        next = end + 2;
      }
      at = expression.indexOf('\\', next);
    }
    return expression;
  }

  private static Pattern compiled(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      boolean closed = e.getDescription().contains("internal error");
      String problem =
          closed
              ? "unexpected ): `" + expression + "`"
              : e.getDescription() + ": `" + e.getPattern() + "`";
      throw new LookoutException(ErrorCode.BAD_DATA, "error parsing regexp: " + problem, e);
    }
  }

  /** Exactly this value. */
  record Literal(String value) implements LabelPattern {
    @Override
    public boolean matches(String labelValue) {
      return value.equals(labelValue);
    }
  }

  /** One of these values: {@code a|b|c}. */
  record OneOf(Set<String> values) implements LabelPattern {
    public OneOf {
      values = Set.copyOf(values);
    }

    @Override
    public boolean matches(String labelValue) {
      return values.contains(labelValue);
    }
  }

  /**
   * Text that begins and ends so, with at least {@code between} characters in the middle: {@code
   * pre.*}, {@code .+post}, {@code pre.*post}; {@code .*} and {@code .+} have both ends empty.
   */
  record Affixes(String prefix, String suffix, int between) implements LabelPattern {
    @Override
    public boolean matches(String labelValue) {
      return labelValue.length() >= prefix.length() + suffix.length() + between
          && labelValue.startsWith(prefix)
          && labelValue.endsWith(suffix);
    }
  }

  /**
   * Text that holds another, with at least so many characters before and after it: {@code
   * .*text.*}.
   */
  record Contains(String text, int before, int after) implements LabelPattern {
    @Override
    public boolean matches(String labelValue) {
      int at = labelValue.indexOf(text, before);
      return at >= 0 && labelValue.length() - at - text.length() >= after;
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
