package io.lookout.ingest.relay;

import io.lookout.ingest.route.BoundedSplit;
import io.lookout.ingest.route.Destination;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
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
 * durable here when the operating system has it, or the disk, as {@link QueueSync} says.
 */
public final class Relay implements Destination {
  private final Vertx vertx;
  private final QueueOptions options;
  private final List<DiskQueue> queues;
  private final List<QueueSender> senders;
  private final RelayMeters meters;
  private final WorkerExecutor appends;
  private final List<String> deployments = new ArrayList<>();

  private Relay(
      Vertx vertx,
      QueueOptions options,
      List<DiskQueue> queues,
      Target target,
      RelayMeters meters) {
    this.vertx = vertx;
    this.options = options;
    this.queues = queues;
    this.meters = meters;
    SplittableRandom random = new SplittableRandom();
    senders =
        queues.stream()
            .map(queue -> new QueueSender(options, queue, target, random.split(), meters))
            .toList();
    appends = vertx.createSharedWorkerExecutor("lookout-" + options.name(), options.queues());
  }

  /**
   * Opens the queues of this node and goes on sending what they hold, to a server of remote write.
   *
   * @param directory of the node's data
   */
  public static Future<Relay> start(
      Vertx vertx, RelaySettings settings, Path directory, MeterRegistry registry) {
    WebClient client =
        WebClient.create(
            vertx,
            new WebClientOptions().setFollowRedirects(false),
            new PoolOptions().setHttp1MaxSize(settings.shards()));
    return start(vertx, settings.queues(directory), new HttpTarget(client, settings), registry);
  }

  /** The same to any target. */
  public static Future<Relay> start(
      Vertx vertx, QueueOptions options, Target target, MeterRegistry registry) {
    RelayMeters meters = new RelayMeters(registry, options.meters());
    return vertx
        .executeBlocking(() -> open(options, meters))
        .compose(queues -> {
          meters.queues(registry, queues);
          return new Relay(vertx, options, queues, target, meters).deploy();
        });
  }

  private static List<DiskQueue> open(QueueOptions options, RelayMeters meters) throws IOException {
    List<DiskQueue> queues = new ArrayList<>();
    for (int queue = 0; queue < options.queues(); queue++) {
      queues.add(
          DiskQueue.open(
              options.directory().resolve(Integer.toString(queue)),
              new DiskQueue.Bound(options.bytes() / options.queues(), options.boundSetting()),
              options.sync(),
              meters::damaged));
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

  /** By the half of the fingerprint that does not say which shard has the series. */
  private record ByQueue(int count) implements BoundedSplit.Places {
    @Override
    public int of(SeriesKey series) {
      return (int) Long.remainderUnsigned(series.fingerprint().low(), count);
    }
  }

  @Override
  public Future<WriteResult> write(WriteBatch batch) {
    List<BoundedSplit.Part> parts =
        BoundedSplit.of(batch, new ByQueue(queues.size()), options.requestSamples());
    return appends
        .<Void>executeBlocking(
            () -> {
              append(parts);
              return null;
            },
            false)
        .onSuccess(done -> parts.forEach(part -> senders.get(part.place()).wake()))
        .map(done -> WriteResult.of(batch, List.of()));
  }

  /**
   * All parts, or none where a queue is full: the sender will come with all of them again, and what
   * the other queues had taken would be in them twice, each time.
   */
  private void append(List<BoundedSplit.Part> parts) {
    List<byte[]> records = parts.stream().map(part -> QueueRecord.of(part.batch())).toList();
    requireRoom(parts, records);
    try {
      for (int i = 0; i < records.size(); i++) {
        queues.get(parts.get(i).place()).append(records.get(i));
      }
    } catch (IOException e) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE, "the queue of " + options.name() + " cannot be written: " + e, e);
    }
  }

  private void requireRoom(List<BoundedSplit.Part> parts, List<byte[]> records) {
    try {
      for (int i = 0; i < records.size(); i++) {
        queues.get(parts.get(i).place()).requireRoom(records.get(i));
      }
    } catch (LookoutException full) {
      meters.turnedAway();
      throw full;
    }
  }

  /** Ends the senders; what is not sent stays on disk for the next start. */
  public Future<Void> stop() {
    return Future.join(deployments.stream().map(vertx::undeploy).toList())
        .compose(done -> appends.close());
  }
}
