package io.lookout.query.promql.plan;

import java.util.ArrayList;
import java.util.List;

/** Lists of inputs. */
final class Inputs {
  private Inputs() {}

  static List<PlanNode> of(PlanNode first, List<? extends PlanNode> others) {
    List<PlanNode> inputs = new ArrayList<>(others.size() + 1);
    inputs.add(first);
    inputs.addAll(others);
    return inputs;
  }
}
