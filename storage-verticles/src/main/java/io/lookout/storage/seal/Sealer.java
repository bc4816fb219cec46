package io.lookout.storage.seal;

import io.lookout.storage.block.Block;
import io.lookout.storage.shard.SealedWindow;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the complete windows of one shard into the block store, one after the other: snapshot,
 * encode, put, release. A window leaves the shard only when the store says that all of it is
 * searchable and safe; until then both answer, and readers take equal samples for one.
 *
 * <p>Nothing is remembered here. After a crash the shard gives out the same window again, which
 * makes the same blocks with the same ids, and those take their own places in the store. While the
 * store is away the shard keeps the windows, and the sealer asks again, less and less often, or as
 * soon as the store knows that it takes them again.
 *
 * <p>Encoding happens on one worker thread for all shards of the node, so that windows that end
 * together do not take all cores at once.
 */
public final class Sealer {
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  private final int shard;
  private final WindowSource source;
  private final BlockStore store;
  private final SealOptions options;
  private final Clock clock;
  private final Context context;
  private final WorkerExecutor encoder;
  private final SealMeters meters;
  private final SplittableRandom random = new SplittableRandom();
  private final Promise<Void> stopped = Promise.promise();

  // Only touched on the context.
  private @Nullable Long timer;
  private boolean stopping;
  private int failures;
  private @Nullable Future<Void> recovery;

  private Sealer(
      int shard,
      WindowSource source,
      BlockStore store,
      SealOptions options,
      Clock clock,
      Vertx vertx,
      MeterRegistry meters) {
    this.shard = shard;
    this.source = source;
    this.store = store;
    this.options = options;
    this.clock = clock;
    this.context = vertx.getOrCreateContext();
    this.encoder = vertx.createSharedWorkerExecutor("lookout-seal", 1);
    this.meters = new SealMeters(shard, meters);
  }

  /** Starts to look for complete windows. */
  public static Sealer start(
      int shard,
      Shard windows,
      BlockStore store,
      SealOptions options,
      Clock clock,
      Vertx vertx,
      MeterRegistry meters) {
    return start(shard, WindowSource.of(windows), store, options, clock, vertx, meters);
  }

  static Sealer start(
      int shard,
      WindowSource source,
      BlockStore store,
      SealOptions options,
      Clock clock,
      Vertx vertx,
      MeterRegistry meters) {
    Sealer sealer = new Sealer(shard, source, store, options, clock, vertx, meters);
    sealer.context.runOnContext(start -> sealer.after(options.interval().toMillis()));
    return sealer;
  }

  private void after(long delayMs) {
    if (stopping) {
      stopped.tryComplete();
    } else {
      timer =
          context
              .owner()
              .setTimer(
                  delayMs,
                  fired -> {
                    timer = null;
                    look();
                  });
    }
  }

  private void look() {
    on(source.sealable(clock.millis()))
        .compose(this::sealAll)
        .onComplete(done -> after(done.succeeded() ? succeeded() : failed(done.cause())));
  }

  private long succeeded() {
    if (failures > 0) {
      LOG.info("Shard {}: windows are sealed again", shard);
      failures = 0;
    }
    return options.interval().toMillis();
  }

  private long failed(Throwable cause) {
    failures++;
    meters.failures.increment();
    long delay = options.backoff().delay(failures, random);
    LOG.warn(
        "Shard {}: {} windows wait for the block store, which failed {} times in a row; next"
            + " attempt in {} ms: {}",
        shard,
        meters.waiting.get(),
        failures,
        delay,
        cause.toString());
    awaitRecovery();
    return delay;
  }

  /** Looks sooner than after the delay where the store knows that it takes windows again. */
  private void awaitRecovery() {
    Future<Void> next = store.recovery();
    if (!next.equals(recovery)) {
      recovery = next;
      next.onSuccess(taking -> context.runOnContext(now -> lookAtOnce()));
    }
  }

  private void lookAtOnce() {
    if (timer != null && context.owner().cancelTimer(timer)) {
      timer = null;
      look();
    }
  }

  /** The oldest first; ends early where the sealer is to stop. */
  private Future<Void> sealAll(List<Long> windows) {
    meters.waiting.set(windows.size());
    if (windows.isEmpty() || stopping) {
      return Future.succeededFuture();
    }
    return seal(windows.getFirst()).compose(done -> sealAll(windows.subList(1, windows.size())));
  }

  private Future<Void> seal(long windowStart) {
    Timer.Sample duration = Timer.start();
    return on(source.snapshot(windowStart))
        .compose(window ->
            putAll(new WindowBlocks(window, options.batchBytes()))
                .compose(all -> all ? release(window, duration) : Future.succeededFuture()));
  }

  /** Whether all of them were put: the node may be stopping, and then the log has the rest. */
  private Future<Boolean> putAll(WindowBlocks blocks) {
    if (stopping) {
      return Future.succeededFuture(false);
    }
    return encoder
        .executeBlocking(blocks::nextBatch)
        .compose(batch -> batch.isEmpty() ? Future.succeededFuture(true) : put(batch, blocks));
  }

  private Future<Boolean> put(List<Block> batch, WindowBlocks rest) {
    return store.put(batch).onSuccess(done -> count(batch)).compose(done -> putAll(rest));
  }

  private void count(List<Block> batch) {
    meters.blocks.increment(batch.size());
    for (Block block : batch) {
      meters.samples.increment((double) block.sampleCount());
      meters.bytes.increment(block.bytes());
    }
  }

  private Future<Void> release(SealedWindow window, Timer.Sample duration) {
    return on(source.release(window))
        .onSuccess(done -> {
          meters.waiting.decrementAndGet();
          duration.stop(meters.windows);
          LOG.debug("Shard {}: window {} is in the store", shard, window.start());
        });
  }

  private <T> Future<T> on(CompletableFuture<T> future) {
    return Future.fromCompletionStage(future, context);
  }

  /** Completes when what is being put has been put: a window may be in the store in part. */
  public Future<Void> stop() {
    context.runOnContext(stop -> {
      stopping = true;
      if (timer != null && context.owner().cancelTimer(timer)) {
        stopped.tryComplete();
      }
    });
    return stopped.future().eventually(encoder::close);
  }
}
