package io.lookout.query.promql.plan;

import io.lookout.query.promql.ast.Expr;
import java.util.List;

/**
 * What is to be done for a query.
 *
 * @param selections what is to be fetched first; nodes name them by index
 * @param ordered whether the order of an instant vector means something
 */
public record Plan(
    Expr syntax, Query query, PlanNode root, List<Selection> selections, boolean ordered) {
  public Plan {
    selections = List.copyOf(selections);
  }

  /** As a tree of text, a node a line. */
  public String text() {
    return PlanText.of(this);
  }

  /** One node of this plan as text, without its inputs. */
  public String line(PlanNode node) {
    return PlanText.line(this, node);
  }
}
