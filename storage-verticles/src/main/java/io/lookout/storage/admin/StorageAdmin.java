package io.lookout.storage.admin;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminResult;
import io.lookout.storage.downsample.Resolution;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.BlockStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what an operator asks of a storage node, on the calling thread, which has to wait for shards
 * and store.
 */
public final class StorageAdmin {
  private static final Logger LOG = LoggerFactory.getLogger(StorageAdmin.class);
  private static final long FLUSH_NANOS = 60_000_000_000L;
  private static final long LOOK_MS = 50;

  private final Vertx vertx;
  private final List<Shard> shards;
  private final BlockStore store;
  private final Resolutions resolutions;
  private final BooleanSupplier elected;
  private final Lock upkeep;
  private final Path snapshots;

  /**
   * @param elected whether it is this node that changes the store
   * @param upkeep held while blocks are replaced
   * @param snapshots the directory in which snapshots are made
   */
  public StorageAdmin(
      Vertx vertx,
      List<Shard> shards,
      BlockStore store,
      Resolutions resolutions,
      BooleanSupplier elected,
      Lock upkeep,
      Path snapshots) {
    this.vertx = vertx;
    this.shards = shards;
    this.store = store;
    this.resolutions = resolutions;
    this.elected = elected;
    this.upkeep = upkeep;
    this.snapshots = snapshots;
  }

  /**
   * Does it.
   *
   * @throws LookoutException where it cannot be done; it may be done in part then
   */
  public AdminResult run(AdminRequest request) throws InterruptedException {
    return switch (request.action()) {
      case FLUSH -> flush(request.minTime(), request.maxTime());
      case DELETE -> exclusively(() -> delete(request));
      case CLEAN ->
          exclusively(() -> {
            Answers.await(store.pack(Long.MIN_VALUE, Long.MAX_VALUE));
            for (Resolution each : resolutions.all()) {
              Answers.await(each.store().pack(Long.MIN_VALUE, Long.MAX_VALUE));
            }
            return 0;
          });
      case SNAPSHOT -> snapshot(request.name());
    };
  }

  /** A change of the store; returns how many samples were deleted. */
  @FunctionalInterface
  private interface Change {
    long run() throws InterruptedException;
  }

  private long delete(AdminRequest request) throws InterruptedException {
    long deleted = new SeriesDeletion(store, request).run();
    for (Resolution each : resolutions.all()) {
      new AggregateDeletion(each.store(), request, resolutions).run();
    }
    return deleted;
  }

  private AdminResult exclusively(Change change) throws InterruptedException {
    if (!elected.getAsBoolean()) {
      return AdminResult.LEFT_TO_ANOTHER;
    }
    upkeep.lockInterruptibly();
    try {
      AdminResult result = new AdminResult(change.run());
      checkElected();
      return result;
    } finally {
      upkeep.unlock();
    }
  }

  /** Whoever followed may have compacted meanwhile what was being changed here. */
  private void checkElected() {
    if (!elected.getAsBoolean()) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE,
          "another storage node has taken over from the one that did it: ask again");
    }
  }

  /**
   * Moves what the heads hold of the time to the store, whether its windows are complete or not,
   * and what waits on this node's disk for a store that others change too.
   */
  private AdminResult flush(long from, long to) throws InterruptedException {
    for (Shard shard : shards) {
      Answers.await(Future.fromCompletionStage(shard.freezeBetween(from, to)));
    }
    long deadline = System.nanoTime() + FLUSH_NANOS;
    while (holdsSomething()) {
      if (System.nanoTime() - deadline > 0) {
        throw new LookoutException(
            ErrorCode.UNAVAILABLE,
            "the block store does not take the newest samples; ask again when it does");
      }
      Answers.await(vertx.timer(LOOK_MS, TimeUnit.MILLISECONDS));
    }
    return new AdminResult(0);
  }

  private boolean holdsSomething() throws InterruptedException {
    for (Shard shard : shards) {
      if (!Answers.await(Future.fromCompletionStage(shard.frozen())).isEmpty()) {
        return true;
      }
    }
    return store.holdsBack();
  }

  private AdminResult snapshot(String name) throws InterruptedException {
    if (!name.matches("[0-9A-Za-z][0-9A-Za-z.-]{0,100}")) {
      throw new LookoutException(ErrorCode.BAD_DATA, "no name for a snapshot: " + name);
    }
    Path directory = snapshots.resolve(name);
    try {
      Files.createDirectories(directory.resolve("store"));
    } catch (IOException e) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE, directory + " cannot be made: " + e.getMessage(), e);
    }
    Answers.await(store.snapshot(directory.resolve("store")));
    for (Resolution each : resolutions.all()) {
      Answers.await(each.store().snapshot(directory.resolve("store-" + each.name())));
    }
    LOG.info(
        "Snapshot {} is complete: a node can be started with it as its data directory", directory);
    return new AdminResult(0);
  }
}
