package io.lookout.query.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the series of both sides of a binary operator find each other.
 *
 * @param labels of {@code on} or {@code ignoring}; without either: {@code on} false and no labels
 * @param on whether {@code labels} are those that must agree, or those that need not
 * @param include labels of {@code group_left}/{@code group_right} taken from the "one" side
 * @param fillLeft what stands in for a missing partner on the left, or null
 * @param fillRight the same on the right
 */
public record VectorMatching(
    Cardinality cardinality,
    List<String> labels,
    boolean on,
    List<String> include,
    @Nullable Double fillLeft,
    @Nullable Double fillRight) {
  /** How many series of one side may match one of the other. */
  public enum Cardinality {
    ONE_TO_ONE("one-to-one"),
    /** {@code group_left}. */
    MANY_TO_ONE("many-to-one"),
    /** {@code group_right}. */
    ONE_TO_MANY("one-to-many"),
    /** Set operators. */
    MANY_TO_MANY("many-to-many");

    private final String text;

    Cardinality(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public VectorMatching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }
}
