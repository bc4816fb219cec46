package io.lookout.query.promql.function;

import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.ast.Position;
import io.lookout.query.promql.value.Annotations;
import io.lookout.query.promql.value.MonotonicityFix;

/** A call in a query: its syntax, where its annotations go, and the language it is made in. */
public record CallSite(Call call, Annotations annotations, Language language) {
  /** Warns about an argument. */
  public void warn(int argument, String message) {
    annotations.warn(message, argument(argument));
  }

  /** Informs about an argument. */
  public void info(int argument, String message) {
    annotations.info(message, argument(argument));
  }

  /** Informs of a histogram whose buckets were made to ascend. */
  void info(int argument, String message, MonotonicityFix fix) {
    annotations.info(message, argument(argument), fix);
  }

  private Position argument(int i) {
    return i < call.args().size() ? call.args().get(i).position() : call.position();
  }

  /** The name of the function. */
  public String function() {
    return call.function().name();
  }
}
