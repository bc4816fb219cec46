package io.lookout.ingest.pipeline;

import io.lookout.model.bus.WriteBatch;

/** A step of the pipeline that looks at samples. Thread-safe. */
@FunctionalInterface
public interface BatchStage {
  /**
   * The batch without what is refused: the same object where all is well.
   *
   * @param rejections to be told of what was left out
   */
  WriteBatch apply(WriteBatch batch, Rejections rejections);
}
