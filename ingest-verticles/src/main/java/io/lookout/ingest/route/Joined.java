package io.lookout.ingest.route;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.PartialWriteException;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import java.util.List;

/** The answers to the parts of one batch as the answer to the whole. */
public final class Joined {
  private Joined() {}

  /**
   * Waits for all answers, also where one has failed: what is in flight is in flight.
   *
   * @return fails with the failure of the first part that fails; where there are several parts, as
   *     {@link PartialWriteException} that says what the others have written
   */
  public static Future<WriteResult> of(List<Future<WriteResult>> answers) {
    return answers.size() == 1
        ? answers.getFirst()
        : Future.join(answers)
            .map(all -> written(answers))
            .recover(failure -> Future.failedFuture(partly(answers, failure)));
  }

  /** By those that have not failed, and by a part of those that have failed in part. */
  private static WriteResult written(List<Future<WriteResult>> answers) {
    WriteResult all = WriteResult.NOTHING;
    for (Future<WriteResult> answer : answers) {
      if (answer.succeeded()) {
        all = all.plus(answer.result());
      } else if (answer.cause() instanceof PartialWriteException part) {
        all = all.plus(part.written());
      }
    }
    return all;
  }

  private static PartialWriteException partly(
      List<Future<WriteResult>> answers, Throwable failure) {
    ErrorCode code = failure instanceof LookoutException known ? known.code() : ErrorCode.INTERNAL;
    return new PartialWriteException(code, written(answers), failure);
  }
}
