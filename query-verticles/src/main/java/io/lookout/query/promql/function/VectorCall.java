package io.lookout.query.promql.function;

import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.List;

/** The evaluated arguments of a {@link VectorFunction}, by their place in the call. */
public interface VectorCall {
  /** The steps that all series and scalars have entries for. */
  Steps steps();

  /** Whether a point in time is asked for, not a range, though it may have one step only. */
  boolean instant();

  /** How many arguments were given. */
  int arguments();

  /** An argument that is an instant vector (or a range vector's presence, for absent_over_time). */
  List<SeriesSteps> vector(int argument);

  /** An argument that is a scalar: a value a step. */
  double[] scalar(int argument);

  /** An argument that is a string. */
  String string(int argument);

  /** The syntax, and where to warn. */
  CallSite site();
}
