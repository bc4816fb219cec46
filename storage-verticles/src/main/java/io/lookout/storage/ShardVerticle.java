package io.lookout.storage;

import io.lookout.cluster.Node;
import io.lookout.cluster.bus.Addresses;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.storage.seal.SealOptions;
import io.lookout.storage.seal.Sealer;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.store.BlockStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** Takes the writes of one shard from the bus and has its windows sealed. */
final class ShardVerticle extends VerticleBase {
  private final Node node;
  private final int number;
  private final Shard shard;
  private final BlockStore store;
  private final SealOptions sealing;
  private final Runnable admission;
  private @Nullable MessageConsumer<Object> writes;
  private @Nullable Sealer sealer;

  /**
   * @param admission throws where no write can be taken
   */
  ShardVerticle(
      Node node,
      int number,
      Shard shard,
      BlockStore store,
      SealOptions sealing,
      Runnable admission) {
    this.node = node;
    this.number = number;
    this.shard = shard;
    this.store = store;
    this.sealing = sealing;
    this.admission = admission;
  }

  @Override
  public Future<?> start() {
    sealer = Sealer.start(number, shard, store, sealing, node.clock(), node.vertx(), node.meters());
    return node.bus()
        .consumer(Addresses.write(node.id(), number), WriteBatch.class, this::write)
        .onSuccess(consumer -> writes = consumer);
  }

  private Future<WriteResult> write(WriteBatch batch) {
    admission.run();
    return Future.fromCompletionStage(shard.write(batch), context);
  }

  @Override
  public Future<?> stop() {
    Future<?> unregistered = writes == null ? Future.succeededFuture() : writes.unregister();
    return unregistered.eventually(() -> sealer == null ? Future.succeededFuture() : sealer.stop());
  }
}
