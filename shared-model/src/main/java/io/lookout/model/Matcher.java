package io.lookout.model;

import org.jspecify.annotations.Nullable;

/**
 * A condition on one label. A series without the label has the empty value, so a matcher that
 * accepts the empty string accepts such series too.
 */
public final class Matcher {
  /** How a matcher compares. */
  public enum Type {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String sign;

    Type(String sign) {
      this.sign = sign;
    }

    /** As PromQL writes it. */
    public String sign() {
      return sign;
    }
  }

  private final String name;
  private final Type type;
  private final String value;
  private final LabelPattern pattern;

  /**
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} where the value is no regular
   *     expression of RE2
   */
  public Matcher(Type type, String name, String value) {
    this.name = name;
    this.type = type;
    this.value = value;
    this.pattern =
        switch (type) {
          case EQUAL, NOT_EQUAL -> LabelPattern.literal(value);
          case REGEX, NOT_REGEX -> LabelPattern.regex(value);
        };
  }

  public static Matcher equal(String name, String value) {
    return new Matcher(Type.EQUAL, name, value);
  }

  public static Matcher notEqual(String name, String value) {
    return new Matcher(Type.NOT_EQUAL, name, value);
  }

  public static Matcher regex(String name, String value) {
    return new Matcher(Type.REGEX, name, value);
  }

  public static Matcher notRegex(String name, String value) {
    return new Matcher(Type.NOT_REGEX, name, value);
  }

  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public String value() {
    return value;
  }

  /**
   * What the value is compared with, whether or not the matcher negates it: for planning of
   * look-ups.
   */
  public LabelPattern pattern() {
    return pattern;
  }

  public boolean isNegative() {
    return type == Type.NOT_EQUAL || type == Type.NOT_REGEX;
  }

  /** Whether a label of this value is accepted; {@code ""} asks for a series without the label. */
  public boolean matches(String labelValue) {
    return pattern.matches(labelValue) != isNegative();
  }

  public boolean matches(Labels labels) {
    return matches(labels.valueOf(name));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Matcher matcher
        && matcher.type == type
        && matcher.name.equals(name)
        && matcher.value.equals(value);
  }

  @Override
  public int hashCode() {
    return (type.hashCode() * 31 + name.hashCode()) * 31 + value.hashCode();
  }

  /** As PromQL writes it. */
  @Override
  public String toString() {
    return (SeriesText.isLegacyLabelName(name) ? name : SeriesText.quote(name))
        + type.sign()
        + SeriesText.quote(value);
  }
}
