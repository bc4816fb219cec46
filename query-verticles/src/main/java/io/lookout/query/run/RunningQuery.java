package io.lookout.query.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A query under way. */
public final class RunningQuery {
  private final Promise<QueryAnswer> answer;
  private final Stop stop;

  RunningQuery(Promise<QueryAnswer> answer, Stop stop) {
    this.answer = answer;
    this.stop = stop;
  }

  /** Fails with {@link io.lookout.model.LookoutException}. */
  public Future<QueryAnswer> answer() {
    return answer.future();
  }

  /** Nobody waits for the answer any more. */
  public void cancel() {
    stop.cancel();
    answer.tryFail(Stop.canceledQuery());
  }
}
