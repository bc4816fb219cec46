package io.lookout.app.differential;

import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.parse.FunctionSignatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What of the language another server has: every function, aggregation, operator and modifier that
 * Lookout has is tried on it once. What it does not know is not asked.
 *
 * @param durationArithmetic whether ranges may be computed: {@code [5m * 2]}
 * @param extended whether selectors may be {@code anchored} and {@code smoothed}
 * @param fill whether vector matching may fill in for missing series
 */
record Dialect(
    List<FunctionSignature> functions,
    List<AggregateOp> aggregations,
    List<BinaryOp> operators,
    boolean durationArithmetic,
    boolean extended,
    boolean fill) {

  /** Which series these pick is for the storage to decide. */
  private static final List<AggregateOp> UNDECIDED = List.of(AggregateOp.LIMITK);

  static Dialect of(Server server) throws IOException, InterruptedException {
    boolean fill = knows(server, "x + fill (0) x");
    List<FunctionSignature> functions = new ArrayList<>();
    for (FunctionSignature each : FunctionSignatures.all(Language.PROMQL)) {
      // Without arguments: an answer, or an error about arguments, says that it is known.
      String error = server.error(each.name() + "()");
      boolean known = error.isEmpty() || error.contains("argument(s)");
      // Before there was fill, info() mixed up the labels of several series.
      if (known && (fill || !each.name().equals("info"))) {
        functions.add(each);
      }
    }
    List<AggregateOp> aggregations = new ArrayList<>();
    for (AggregateOp each : AggregateOp.values()) {
      String parameter =
          each == AggregateOp.COUNT_VALUES ? "\"a\"," : each.hasParameter() ? "1," : "";
      if (knows(server, each.keyword() + "(" + parameter + "x)") && !UNDECIDED.contains(each)) {
        aggregations.add(each);
      }
    }
    List<BinaryOp> operators = new ArrayList<>();
    for (BinaryOp each : BinaryOp.values()) {
      if (knows(server, "x " + each.sign() + " x")) {
        operators.add(each);
      }
    }
    return new Dialect(
        functions,
        aggregations,
        operators,
        knows(server, "rate(x[5m * 2])"),
        knows(server, "rate(x[5m] anchored)"),
        fill);
  }

  private static boolean knows(Server server, String expression)
      throws IOException, InterruptedException {
    return server.error(expression).isEmpty();
  }
}
