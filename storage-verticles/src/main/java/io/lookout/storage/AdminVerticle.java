package io.lookout.storage;

import io.lookout.cluster.Node;
import io.lookout.cluster.bus.Addresses;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminResult;
import io.lookout.storage.admin.StorageAdmin;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes requests of operators from the bus, one at a time. */
final class AdminVerticle extends VerticleBase {
  private final Node node;
  private final StorageAdmin admin;
  private @Nullable WorkerExecutor worker;
  private @Nullable MessageConsumer<Object> consumer;

  AdminVerticle(Node node, StorageAdmin admin) {
    this.node = node;
    this.admin = admin;
  }

  @Override
  public Future<?> start() {
    WorkerExecutor one = vertx.createSharedWorkerExecutor("lookout-admin", 1, 1, TimeUnit.HOURS);
    worker = one;
    return node.bus()
        .consumer(
            Addresses.admin(node.id()),
            AdminRequest.class,
            // Not ordered: what it waits for is ordered on this context.
            request -> one.<AdminResult>executeBlocking(() -> admin.run(request), false))
        .onSuccess(registered -> consumer = registered);
  }

  @Override
  public Future<?> stop() {
    Future<?> unregistered = consumer == null ? Future.succeededFuture() : consumer.unregister();
    return unregistered.eventually(
        () -> worker == null ? Future.succeededFuture() : worker.close());
  }
}
