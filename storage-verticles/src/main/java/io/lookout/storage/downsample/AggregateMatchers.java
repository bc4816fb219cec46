package io.lookout.storage.downsample;

import io.lookout.model.Matcher;
import io.lookout.model.aggregate.Aggregate;
import java.util.List;

/**
 * What a selector says of {@link Aggregate#LABEL}. It means a label of the samples, which no series
 * that has aggregates has.
 */
final class AggregateMatchers {
  private AggregateMatchers() {}

  /** Whether a series without the label is meant. */
  static boolean acceptPlain(List<Matcher> matchers) {
    return matchers.stream().allMatch(each -> isOfOthers(each) || each.matches(""));
  }

  /** The matchers of other labels. */
  static List<Matcher> ofOthers(List<Matcher> matchers) {
    return matchers.stream().filter(AggregateMatchers::isOfOthers).toList();
  }

  private static boolean isOfOthers(Matcher matcher) {
    return !matcher.name().equals(Aggregate.LABEL);
  }
}
