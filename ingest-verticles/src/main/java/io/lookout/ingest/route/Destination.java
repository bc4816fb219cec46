package io.lookout.ingest.route;

import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;

/** Where accepted samples go: the shards, or a relay to another server. Thread-safe. */
@FunctionalInterface
public interface Destination {
  /**
   * Completes when all of the batch is durable there, or it was said what is refused and why.
   *
   * @return fails with {@link io.lookout.model.LookoutException} where nothing can be said of the
   *     whole; sending everything again does no harm
   */
  Future<WriteResult> write(WriteBatch batch);
}
