package io.lookout.model.aggregate;

import java.util.List;

/**
 * For what samples are selected: which aggregates can stand in for them. The first ones are read as
 * samples are; of the others it matters whether two tell of the same bucket.
 */
public enum Wanted {
  /** Any use: what stands in is the last sample of each bucket. */
  SAMPLES(Aggregate.LAST, Aggregate.STALE),
  FIRST(Aggregate.FIRST),
  MIN(Aggregate.MIN),
  MAX(Aggregate.MAX),
  SUM(Aggregate.LAST, Aggregate.FIRST, Aggregate.COUNT, Aggregate.SUM),
  COUNT(Aggregate.LAST, Aggregate.FIRST, Aggregate.COUNT),
  AVG(Aggregate.LAST, Aggregate.FIRST, Aggregate.COUNT, Aggregate.SUM),
  /** What a counter or gauge changes by. */
  CHANGE(Aggregate.LAST, Aggregate.FIRST, Aggregate.COUNT, Aggregate.RESETS);

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<Aggregate> aggregates;

  Wanted(Aggregate... aggregates) {
    this.aggregates = List.of(aggregates);
  }

  /** In the order in which they are read. */
  public List<Aggregate> aggregates() {
    return aggregates;
  }

  /** Whether aggregates are told apart from samples when they are read. */
  public boolean isCombined() {
    return compareTo(MIN) >= 0;
  }
}
