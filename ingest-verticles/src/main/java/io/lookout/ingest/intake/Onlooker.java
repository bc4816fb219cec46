package io.lookout.ingest.intake;

import io.lookout.model.bus.WriteBatch;

/** Sees what was accepted, after it is durable. Thread-safe. */
@FunctionalInterface
public interface Onlooker {
  /**
   * Returns at once, whatever it does with the batch, and never throws: the sender waits for its
   * answer. The batch is not to be changed.
   */
  void accepted(WriteBatch batch);
}
