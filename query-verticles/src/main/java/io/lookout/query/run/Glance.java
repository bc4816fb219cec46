package io.lookout.query.run;

import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.PlanNode;
import io.lookout.query.promql.plan.RangeSource;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.promql.value.Steps;
import io.lookout.query.select.Selected;
import java.util.List;
import java.util.Map;

/**
 * Which queries take so little that the event loop which has read them answers them itself: two
 * changes of threads would be most of what they cost.
 *
 * <p>Work is counted in samples and points that somebody looks at, each some nanoseconds, and never
 * told as less than it is: what may be a millisecond is for a worker.
 */
final class Glance {
  /** Longer expressions are planned on a worker, which has the stack for them too. */
  private static final int TEXT = 400;

  private static final int SELECTIONS = 8;
  private static final long WORK = 20_000;

  /** More than any query may take. */
  private static final long TOO_MUCH = 1L << 40;

  private Glance() {}

  /** Whether planning it is a small thing, and it may be one itself. */
  static boolean mayBe(QueryRequest request) {
    Steps steps = request.query().steps();
    return request.text().length() <= TEXT && (steps.end() - steps.start()) / steps.step() < WORK;
  }

  /** Whether it is worth asking what storage has at hand for it. */
  static boolean mayBe(Plan plan) {
    return plan.selections().size() <= SELECTIONS && work(plan, Map.of()) <= WORK;
  }

  /**
   * Whether to evaluate it is a small thing.
   *
   * @param found what each selection has
   */
  static boolean is(Plan plan, Map<Selection, Selected> found) {
    return work(plan, found) <= WORK;
  }

  private static long work(Plan plan, Map<Selection, Selected> found) {
    long series = 1;
    for (Selected each : found.values()) {
      series += each.series().size();
    }
    return work(plan.root(), plan, series * plan.query().steps().count(), found);
  }

  /**
   * @param points that a node may give
   */
  private static long work(PlanNode node, Plan plan, long points, Map<Selection, Selected> found) {
    long work = points;
    switch (node) {
      case PlanNode.InstantSelect select -> work += reading(plan, select.selection(), 1, found);
      case PlanNode.RangeCall call -> work += reading(plan, call.source(), found);
      case PlanNode.Matrix matrix -> work += reading(plan, matrix.source(), found);
      default -> {
        // Nothing but its inputs.
      }
    }
    for (PlanNode input : node.inputs()) {
      work += work(input, plan, points, found);
    }
    return work;
  }

  private static long reading(Plan plan, RangeSource source, Map<Selection, Selected> found) {
    return switch (source) {
      case RangeSource.Subquery ignored -> TOO_MUCH;
      case RangeSource.Stored stored ->
          reading(plan, stored.selection(), windows(plan.query().steps(), stored), found);
    };
  }

  /** In how many windows a sample is. */
  private static long windows(Steps steps, RangeSource.Stored source) {
    return steps.count() == 1 || source.isFixed()
        ? 1
        : Math.min(steps.count(), 1 + source.range() / steps.step());
  }

  private static long reading(
      Plan plan, int selection, long windows, Map<Selection, Selected> found) {
    Selection wanted = plan.selections().get(selection);
    Selected selected = found.get(wanted);
    return selected == null ? 0 : reading(selected.series(), wanted, windows);
  }

  private static long reading(List<SeriesChunks> series, Selection wanted, long windows) {
    long work = 0;
    for (SeriesChunks each : series) {
      for (Chunk chunk : each.chunks()) {
        work += chunk.count() + inside(chunk, wanted) * windows;
        if (!chunk.holdsFloats()) {
          return TOO_MUCH;
        }
      }
    }
    return work;
  }

  /** About how many samples of the chunk are wanted; at least one. */
  private static long inside(Chunk chunk, Selection wanted) {
    long from = Math.max(chunk.minTime(), wanted.minTime());
    long to = Math.min(chunk.maxTime(), wanted.maxTime());
    double part = (to - from + 1.0) / (chunk.maxTime() - chunk.minTime() + 1.0);
    return 1 + (long) (chunk.count() * part);
  }
}
