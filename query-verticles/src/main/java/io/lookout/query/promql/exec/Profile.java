package io.lookout.query.promql.exec;

import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.PlanNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * Counts what each operator of one evaluation does. Only an evaluation that is to be explained has
 * one: the operators of all others are not wrapped.
 */
public final class Profile {
  /** By node, not by what it says: the same selector may stand in an expression twice. */
  private final IdentityHashMap<PlanNode, OperatorMeter> meters = new IdentityHashMap<>();

  private synchronized OperatorMeter meter(PlanNode node) {
    return meters.computeIfAbsent(node, n -> new OperatorMeter());
  }

  SeriesStream vector(PlanNode node, Supplier<SeriesStream> making) {
    OperatorMeter meter = meter(node);
    SeriesStream stream = meter.timed(making);
    if (stream instanceof ListStream list) {
      list.series().forEach(meter::gave);
      return list;
    }
    return new MeteredStream(stream, meter);
  }

  double[] scalar(PlanNode node, Supplier<double[]> making) {
    OperatorMeter meter = meter(node);
    double[] values = meter.timed(making);
    meter.gave(1, values.length);
    return values;
  }

  QueryResult.Samples samples(PlanNode node, Supplier<QueryResult.Samples> making) {
    OperatorMeter meter = meter(node);
    QueryResult.Samples result = meter.timed(making);
    result.series().forEach(each -> meter.gave(1, each.samples().size));
    return result;
  }

  SeriesSet selected(PlanNode node, SeriesSet set) {
    return new MeteredSet(set, meter(node));
  }

  /** What the operators of a plan did so far: the root's, with its inputs. */
  public OperatorReport report(Plan plan) {
    return report(plan, plan.root());
  }

  /**
   * The threads that an operator waits for measure its inputs, it does not: it took at least as
   * long as they did.
   */
  private OperatorReport report(Plan plan, PlanNode node) {
    List<OperatorReport> inputs = new ArrayList<>();
    long below = 0;
    for (PlanNode input : node.inputs()) {
      OperatorReport report = report(plan, input);
      below += report.nanos();
      inputs.add(report);
    }
    OperatorMeter meter = meter(node);
    return new OperatorReport(
        plan.line(node),
        meter.series(),
        meter.samples(),
        meter.loaded(),
        Math.max(meter.nanos(), below),
        inputs);
  }
}
