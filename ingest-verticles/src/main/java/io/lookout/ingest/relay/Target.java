package io.lookout.ingest.relay;

import io.lookout.model.bus.WriteBatch;
import io.vertx.core.Future;
import java.io.IOException;

/** Whom samples are passed on to. */
public interface Target {
  /** What is sent of a batch, once or as often as it is tried. */
  Delivery delivery(WriteBatch batch) throws IOException;

  /** What can be sent. */
  @FunctionalInterface
  interface Delivery {
    /** Never fails: that the target cannot be reached is an answer too. */
    Future<Answer> send();
  }
}
