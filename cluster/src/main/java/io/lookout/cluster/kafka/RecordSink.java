package io.lookout.cluster.kafka;

import io.vertx.core.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records that were read. Called on one event loop. */
@FunctionalInterface
public interface RecordSink {
  /**
   * Completes when the record is dealt with for good: what is in it is durable, or was counted as
   * refused. A failure means that the same record is to be given again after a while: for ever
   * where it is of the moment ({@code UNAVAILABLE}, {@code TIMEOUT}, {@code TENANT_LIMIT}), a few
   * times where it is not.
   */
  Future<Void> take(ConsumerRecord<byte[], byte[]> record);
}
