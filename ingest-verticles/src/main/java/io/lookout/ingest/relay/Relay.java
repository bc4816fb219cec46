package io.lookout.ingest.relay;

import io.lookout.ingest.route.Destination;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.model.bus.wire.WireForms;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.retry.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Keeps accepted samples in queues on disk until another server has taken them. A batch counts as
 * durable here when the operating system has it: it survives the process, like the write-ahead log
 * in its default mode.
 */
public final class Relay implements Destination {
  private final Vertx vertx;
  private final int requestSamples;
  private final List<DiskQueue> queues;
  private final List<QueueSender> senders;
  private final WorkerExecutor appends;
  private final List<String> deployments = new ArrayList<>();

  private Relay(Vertx vertx, RelaySettings settings, List<DiskQueue> queues, RelayMeters meters) {
    this.vertx = vertx;
    this.requestSamples = settings.requestSamples();
    this.queues = queues;
    WebClient client =
        WebClient.create(
            vertx,
            new WebClientOptions().setFollowRedirects(false),
            new PoolOptions().setHttp1MaxSize(settings.shards()));
    Target target = new Target(client, settings);
    SplittableRandom random = new SplittableRandom();
    Backoff backoff = Backoff.upTo(settings.longestPause());
    senders =
        queues.stream()
            .map(queue ->
                new QueueSender(queue, target, backoff, random.split(), meters))
            .toList();
    appends = vertx.createSharedWorkerExecutor("lookout-relay", settings.shards());
  }

  /**
   * Opens the queues of this node and goes on sending what they hold.
   *
   * @param directory of the node's data
   */
  public static Future<Relay> start(
      Vertx vertx, RelaySettings settings, Path directory, MeterRegistry registry) {
    RelayMeters meters = new RelayMeters(registry);
    return vertx
        .executeBlocking(() -> open(settings, directory.resolve("relay")))
        .compose(queues -> {
          meters.queues(registry, queues);
          return new Relay(vertx, settings, queues, meters).deploy();
        });
  }

  private static List<DiskQueue> open(RelaySettings settings, Path directory) throws IOException {
    List<DiskQueue> queues = new ArrayList<>();
    for (int shard = 0; shard < settings.shards(); shard++) {
      long bound = settings.queueBytes().bytes() / settings.shards();
      queues.add(DiskQueue.open(directory.resolve(Integer.toString(shard)), bound));
    }
    return List.copyOf(queues);
  }

  private Future<Relay> deploy() {
    DeploymentOptions options =
        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    List<Future<String>> all =
        senders.stream()
            .map(sender -> vertx.deployVerticle(sender, options).onSuccess(deployments::add))
            .toList();
    return Future.all(all).map(this);
  }

  @Override
  public Future<WriteResult> write(WriteBatch batch) {
    List<QueueShare.Part> parts = QueueShare.of(batch, queues.size(), requestSamples);
    List<Future<Void>> kept = parts.stream().map(this::keep).toList();
    return Future.join(kept).map(done -> WriteResult.of(batch, List.of()));
  }

  private Future<Void> keep(QueueShare.Part part) {
    return appends
        .<Void>executeBlocking(
            () -> {
              append(part);
              return null;
            },
            false)
        .onSuccess(done -> senders.get(part.queue()).wake());
  }

  private void append(QueueShare.Part part) {
    ByteWriter record = new ByteWriter(1 << 12);
    WireForms.writeBatch().encode(part.batch(), record);
    try {
      queues.get(part.queue()).append(record.toByteArray());
    } catch (IOException e) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE, "the relay's queue cannot be written: " + e, e);
    }
  }

  /** Ends the senders; what is not sent stays on disk for the next start. */
  public Future<Void> stop() {
    return Future.join(deployments.stream().map(vertx::undeploy).toList())
        .compose(done -> appends.close());
  }
}
