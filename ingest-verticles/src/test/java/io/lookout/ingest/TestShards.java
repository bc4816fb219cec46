package io.lookout.ingest;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.model.Labels;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntFunction;

/** A storage node that remembers what it is given, and answers as it is told. */
final class TestShards {
  /** A sample as a shard sees it. */
  record Sample(int shard, String tenant, Labels labels, long time, double value) {}

  final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  final Queue<WriteBatch> batches = new ConcurrentLinkedQueue<>();
  volatile Function<WriteBatch, Future<WriteResult>> answer = TestShards::accept;

  /** Asked for each shard before the answer. */
  volatile IntFunction<Future<WriteResult>> failing =
      shard -> Future.succeededFuture(WriteResult.NOTHING);

  static Future<WriteResult> accept(WriteBatch batch) {
    return Future.succeededFuture(WriteResult.of(batch, List.of()));
  }

  Future<Void> open(Bus bus, String node, int shards) {
    Future<?> opened = Future.succeededFuture();
    for (int i = 0; i < shards; i++) {
      int shard = i;
      Function<WriteBatch, Future<WriteResult>> write = batch -> write(shard, batch);
      opened =
          opened.compose(
              before -> bus.consumer(Addresses.write(node, shard), WriteBatch.class, write));
    }
    return opened.mapEmpty();
  }

  private Future<WriteResult> write(int shard, WriteBatch batch) {
    batches.add(batch);
    for (int i = 0; i < batch.sampleCount(); i++) {
      Labels labels = batch.series()[batch.seriesOf()[i]].labels();
      samples.add(new Sample(shard, batch.tenant(), labels, batch.times()[i], batch.values()[i]));
    }
    return failing.apply(shard).compose(fine -> answer.apply(batch));
  }
}
