package io.lookout.storage;

import io.lookout.cluster.Node;
import io.lookout.cluster.kafka.TransportSettings;
import io.lookout.cluster.limits.LimitSettings;
import io.lookout.cluster.limits.TenantLimits;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.storage.admin.StorageAdmin;
import io.lookout.storage.compact.Compaction;
import io.lookout.storage.compact.CompactionOptions;
import io.lookout.storage.compact.CompactionSettings;
import io.lookout.storage.downsample.Downsampling;
import io.lookout.storage.downsample.NotingStore;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.head.SeriesQuota;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.shard.ShardOptions;
import io.lookout.storage.spill.SpillOptions;
import io.lookout.storage.spill.SpillSettings;
import io.lookout.storage.spill.SpillingBlockStore;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.transport.TransportVerticle;
import io.lookout.storage.wal.DiskFiles;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything a storage node has open, in the order in which it is opened. */
final class RunningStorage {
  private static final Logger LOG = LoggerFactory.getLogger(RunningStorage.class);
  private static final long RETENTION_CHECK_MS = 10 * 60_000;

  private final Node node;
  private final StorageSettings settings;
  private final List<Shard> shards = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();
  private final StorageDirectory directory;
  private final SeriesQuota quota;
  private final Lock upkeep = new ReentrantLock();
  private @Nullable BlockStore store;
  private Resolutions resolutions;
  private Runnable admission = () -> {};
  private @Nullable Compaction compaction;
  private int ownedShards;
  private @Nullable Long retentionTimer;

  private RunningStorage(Node node, StorageSettings settings) {
    this.node = node;
    this.settings = settings;
    this.directory = new StorageDirectory(node.data());
    this.resolutions = Resolutions.none(node.clock());
    this.quota = new SeriesQuota(new TenantLimits(node.settings().of(LimitSettings.class))::series);
  }

  /** Opens shards and store; what was opened is closed again where something fails. */
  static Future<RunningStorage> open(Node node, StorageSettings settings) {
    RunningStorage storage = new RunningStorage(node, settings);
    return node.vertx()
        .executeBlocking(() -> {
          storage.openShards();
          return storage;
        })
        .compose(opened -> new OpenStore(node, settings).open(storage.directory.store()))
        .compose(storage::withSpill)
        .onSuccess(opened -> storage.store = opened)
        .compose(opened -> new OpenResolutions(node, settings, storage.directory).open())
        .onSuccess(opened -> storage.resolutions = opened)
        .map(storage)
        .recover(failure -> storage.stop().transform(stopped -> Future.failedFuture(failure)));
  }

  /**
   * A node owns as many shards as are set. Shards of more than that, from a time when the setting
   * was higher, get no more writes, but answer until the store has what they have.
   */
  private void openShards() throws IOException {
    int present = directory.shardsPresent();
    ownedShards = settings.shards() > 0 ? settings.shards() : ownShards(present);
    int count = Math.max(ownedShards, present);
    ShardOptions options = settings.shardOptions(count);
    ExecutorService replays = Executors.newFixedThreadPool(openAtATime(count));
    try (replays) {
      List<java.util.concurrent.Future<Shard>> opening = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        int shard = number;
        opening.add(replays.submit(() -> open(shard, options)));
      }
      collect(opening);
    }
    LOG.info("Opened {} shards in {}", count, node.data().toAbsolutePath());
  }

  /** A log is replayed by one thread, several logs by several. */
  private static int openAtATime(int count) {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, Math.max(1, count));
  }

  private Shard open(int number, ShardOptions options) throws IOException {
    Shard shard =
        Shard.open(
            number,
            options,
            directory.shard(number),
            new DiskFiles(),
            quota,
            node.clock(),
            node.meters());
    shard
        .brokenDown()
        .thenAccept(cause -> node.breakdown().report("shard " + number + " failed: " + cause));
    return shard;
  }

  /** All that were opened, also where another could not be: somebody has to close them. */
  private void collect(List<java.util.concurrent.Future<Shard>> opening) throws IOException {
    IOException failure = null;
    for (java.util.concurrent.Future<Shard> each : opening) {
      try {
        shards.add(each.get());
      } catch (ExecutionException e) {
        failure = new IOException("a shard cannot be opened: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new IOException("interrupted while shards were opened", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** A store that can be away has its blocks wait on this node's disk meanwhile. */
  private Future<BlockStore> withSpill(BlockStore opened) {
    if (!opened.shared()) {
      return Future.succeededFuture(opened);
    }
    SpillOptions options = node.settings().of(SpillSettings.class).options(directory.spill());
    return SpillingBlockStore.open(node.vertx(), options, opened, node.clock(), node.meters())
        .map(spilling -> {
          admission = spilling::checkRoom;
          return spilling;
        });
  }

  private static int ownShards(int present) {
    return present > 0 ? present : Runtime.getRuntime().availableProcessors();
  }

  /** Takes writes and questions, and tells the other nodes so. */
  Future<Void> serve() {
    BlockStore opened = store();
    BlockStore noting =
        resolutions.isEmpty() ? opened : new NotingStore(opened, resolutions.coverage());
    List<Future<?>> deploying = new ArrayList<>();
    for (int number = 0; number < shards.size(); number++) {
      int shard = number;
      deploying.add(
          deploy(() ->
              new ShardVerticle(
                  node, shard, shards.get(shard), noting, settings.seal(), admission)));
    }
    deploying.add(deploy(() -> new SelectVerticle(node, settings, shards, opened, resolutions)));
    TransportSettings transport = node.settings().of(TransportSettings.class);
    if (transport.isKafka()) {
      List<Shard> owned = shards.subList(0, ownedShards);
      deploying.add(
          node.vertx()
              .deployVerticle(
                  new TransportVerticle(node, transport, owned, admission),
                  new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
              .onSuccess(deployments::add));
    }
    StorageAdmin admin =
        new StorageAdmin(
            node.vertx(),
            shards,
            opened,
            resolutions,
            () -> isElected(opened),
            upkeep,
            directory.snapshots());
    deploying.add(deploy(() -> new AdminVerticle(node, admin)));
    return Future.all(deploying)
        .onSuccess(all -> {
          retentionTimer = node.vertx().setPeriodic(0, RETENTION_CHECK_MS, timer -> dropOld());
          node.membership().announce(new StorageNode(node.id(), ownedShards));
          startCompaction(opened);
        })
        .mapEmpty();
  }

  /** Where nodes share a store, the first of them compacts for all. */
  private void startCompaction(BlockStore opened) {
    CompactionSettings compacting = node.settings().of(CompactionSettings.class);
    if (compacting.enabled()) {
      CompactionOptions options = compacting.options(settings.rollover(), settings.retention());
      compaction =
          Compaction.start(
              opened,
              options,
              node.clock(),
              () -> isElected(opened),
              upkeep,
              new Downsampling(opened, resolutions, options, node.clock(), node.meters()),
              node.meters());
    }
  }

  private boolean isElected(BlockStore opened) {
    return !opened.shared() || isFirst();
  }

  private boolean isFirst() {
    List<StorageNode> nodes = node.membership().storageNodes();
    return !nodes.isEmpty() && nodes.getFirst().id().equals(node.id());
  }

  private Future<String> deploy(Supplier<? extends Deployable> verticle) {
    return node.vertx().deployVerticle(verticle.get()).onSuccess(deployments::add);
  }

  private BlockStore store() {
    BlockStore opened = store;
    if (opened == null) {
      throw new IllegalStateException("the block store is not open");
    }
    return opened;
  }

  private void dropOld() {
    dropOld(store(), settings.retention().toMillis());
    resolutions.all().forEach(each -> dropOld(each.store(), each.retention()));
  }

  private void dropOld(BlockStore from, long retention) {
    from.dropBefore(node.clock().millis() - retention)
        .onFailure(failure -> LOG.warn("Samples past retention could not be dropped", failure));
  }

  /**
   * No more writes first, then what is on its way to the store, then the logs, then the store. What
   * is in no block by then is in a log.
   */
  Future<Void> stop() {
    if (retentionTimer != null) {
      node.vertx().cancelTimer(retentionTimer);
      node.membership().withdraw();
    }
    return Future.join(deployments.stream().map(node.vertx()::undeploy).toList())
        .eventually(() -> node.vertx().executeBlocking(this::closeShards))
        .eventually(() ->
            Future.join(resolutions.all().stream().map(each -> each.store().close()).toList()))
        .eventually(() -> store == null ? Future.succeededFuture() : store.close())
        .mapEmpty();
  }

  /** Every one, also where closing another fails. */
  private @Nullable Void closeShards() {
    if (compaction != null) {
      compaction.close();
    }
    for (AutoCloseable shard : shards) {
      try {
        shard.close();
      } catch (Exception e) {
        LOG.error("A shard could not be closed", e);
      }
    }
    return null;
  }
}
