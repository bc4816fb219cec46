package io.lookout.query.run;

import io.vertx.core.Future;

/** A query under way. */
public final class RunningQuery {
  private final Future<QueryAnswer> answer;
  private final Stop stop;

  RunningQuery(Future<QueryAnswer> answer, Stop stop) {
    this.answer = answer;
    this.stop = stop;
  }

  /** Fails with {@link io.lookout.model.LookoutException}. */
  public Future<QueryAnswer> answer() {
    return answer;
  }

  /** Nobody waits for the answer any more. */
  public void cancel() {
    stop.cancel();
  }
}
