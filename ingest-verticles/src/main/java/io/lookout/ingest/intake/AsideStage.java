package io.lookout.ingest.intake;

import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.bus.WriteBatch;
import io.vertx.core.Future;

/** A stage that may take its time, and therefore runs beside the threads that ask it. */
public interface AsideStage {
  /**
   * What is left of a batch; never fails. Completes on the context of the caller.
   *
   * @param rejections notes what is left out
   */
  Future<WriteBatch> apply(WriteBatch batch, Rejections rejections);
}
