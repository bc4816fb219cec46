package io.lookout.query.promql.function;

import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.Position;
import io.lookout.query.promql.ast.SubqueryExpr;
import io.lookout.query.promql.value.Annotations;
import io.lookout.query.promql.value.MonotonicityFix;

/** A call in a query: its syntax, where its annotations go, and the language it is made in. */
public record CallSite(Call call, Annotations annotations, Language language) {
  private static final Position START = new Position(0, 1);

  /** Warns about the call. */
  void warn(String message) {
    annotations.warn(message, call.position());
  }

  /** Warns about an argument. */
  public void warn(int argument, String message) {
    annotations.warn(message, argument(argument), call.position());
  }

  /** Informs about an argument. */
  public void info(int argument, String message) {
    annotations.info(message, argument(argument), call.position());
  }

  /** Informs of a histogram whose buckets were made to ascend. */
  void info(int argument, String message, MonotonicityFix fix) {
    annotations.info(message, argument(argument), call.position(), fix);
  }

  /** Of a subquery, what is evaluated has lost its place: as in Prometheus, it is the start. */
  private Position argument(int i) {
    if (i >= call.args().size()) {
      return call.position();
    }
    Expr argument = call.args().get(i);
    return isSubquery(argument) ? START : argument.position();
  }

  private static boolean isSubquery(Expr expr) {
    return expr instanceof SubqueryExpr || (expr instanceof ParenExpr p && isSubquery(p.expr()));
  }

  /** The name of the function. */
  public String function() {
    return call.function().name();
  }
}
