package io.lookout.storage.spill;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.SharedRead;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.LabelMerge;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose blocks wait on local disk while it is away or too slow. A put completes when the
 * blocks are in the store or on disk, where an embedded store keeps them: they are found, survive
 * the end of the process, and take no memory. What is put while others wait waits behind them, so
 * that later blocks do not overtake earlier ones.
 *
 * <p>Searches look at what waits first and at the store second: what is moved in between is found
 * twice rather than not at all. Where another node reads the store for this question, this one does
 * so too as long as what it put of late may have come too late for that. While the store does not
 * answer, questions for a time that it has nothing of are answered, and others fail: no answer
 * lacks samples in silence.
 */
public final class SpillingBlockStore implements BlockStore {
  private static final Logger LOG = LoggerFactory.getLogger(SpillingBlockStore.class);

  private final Vertx vertx;
  private final SpillOptions options;
  private final BlockStore target;
  private final BlockStore local;
  private final SpillRoom room;
  private final StoredUntil storedUntil;
  private final LastPut lastPut = new LastPut();
  private final SpillMeters meters;
  private final Drain drain;

  private SpillingBlockStore(
      Vertx vertx,
      SpillOptions options,
      BlockStore target,
      BlockStore local,
      StoredUntil storedUntil,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.options = options;
    this.target = target;
    this.local = local;
    this.storedUntil = storedUntil;
    this.room = new SpillRoom(options.maxBytes());
    this.meters = new SpillMeters(registry, room, options.maxBytes());
    this.drain = new Drain(vertx, options, local, target, room, storedUntil, lastPut, meters);
  }

  /** Opens the local disk of a store that is open; what waits there is given to it. */
  public static Future<SpillingBlockStore> open(
      Vertx vertx, SpillOptions options, BlockStore target, Clock clock, MeterRegistry meters) {
    EmbeddedStoreOptions embedded =
        new EmbeddedStoreOptions(
            "spill",
            options.directory().resolve("blocks"),
            Duration.ofDays(1),
            2,
            1000,
            16 << 20,
            16 << 20);
    return EmbeddedBlockStore.open(vertx, embedded, meters)
        .compose(local ->
            vertx
                .executeBlocking(() -> StoredUntil.read(options.directory(), clock.millis()))
                .map(until -> new SpillingBlockStore(vertx, options, target, local, until, meters)))
        .compose(SpillingBlockStore::findWaiting);
  }

  private Future<SpillingBlockStore> findWaiting() {
    return local
        .list(BlockRange.of(Long.MIN_VALUE, Long.MAX_VALUE, 1_000_000))
        .map(waiting -> {
          if (!waiting.isEmpty()) {
            room.found(waiting.stream().mapToLong(StoredBlock::bytes).sum());
            LOG.info("{} blocks wait on disk for the block store", waiting.size());
            drain.wake();
          }
          return this;
        });
  }

  /**
   * To be asked before a write is taken.
   *
   * @throws LookoutException with {@code UNAVAILABLE} where no more may wait for the store
   */
  public void checkRoom() {
    if (room.isFull()) {
      meters.refused.increment();
      throw new LookoutException(
          ErrorCode.UNAVAILABLE,
          "the block store is away, and what waits for it has reached storage.spill.bytes.max ("
              + options.maxBytes()
              + ")");
    }
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    if (!room.isEmpty()) {
      return spill(blocks);
    }
    return target
        .put(blocks)
        .timeout(options.patience().toMillis(), TimeUnit.MILLISECONDS)
        .compose(done -> storedUntil.advance(vertx, blocks))
        .onSuccess(done -> lastPut.now())
        .recover(failure -> {
          meters.failures.increment();
          LOG.warn("The block store failed, blocks wait on disk for it: {}", failure.toString());
          return spill(blocks);
        });
  }

  private Future<Void> spill(List<Block> blocks) {
    long size = blocks.stream().mapToLong(Block::bytes).sum();
    try {
      room.take(size);
    } catch (LookoutException e) {
      return Future.failedFuture(e);
    }
    return local
        .put(blocks)
        .onComplete(done -> {
          room.taken(size, done.succeeded());
          drain.wake();
        })
        .onSuccess(done -> meters.spilled.increment(blocks.size()));
  }

  /** A put fails where no more may wait. */
  @Override
  public Future<Void> recovery() {
    return room.eased();
  }

  @Override
  public Future<List<SeriesChunks>> select(SelectRequest request) {
    if (room.isEmpty()) {
      return stored(() -> target.select(request), request.shared(), request.minTime(), List.of());
    }
    return local
        .select(request)
        .compose(waiting ->
            stored(
                    () -> target.select(request),
                    request.shared(),
                    request.minTime(),
                    List.<SeriesChunks>of())
                .compose(stored ->
                    vertx.executeBlocking(() -> merged(request, stored, waiting), false)));
  }

  private static List<SeriesChunks> merged(
      SelectRequest request, List<SeriesChunks> stored, List<SeriesChunks> waiting) {
    SeriesMerge merge = new SeriesMerge(request.maxSeries(), request.maxBytes());
    merge.add(stored, 0);
    merge.add(waiting, 1);
    return merge.result();
  }

  @Override
  public Future<LabelResult> labels(LabelQuery query) {
    LabelResult nothing = new LabelResult(List.of(), List.of(), List.of(), false);
    if (room.isEmpty()) {
      return stored(() -> target.labels(query), query.shared(), query.minTime(), nothing);
    }
    return local
        .labels(query)
        .compose(waiting ->
            stored(() -> target.labels(query), query.shared(), query.minTime(), nothing)
                .compose(
                    stored -> vertx.executeBlocking(() -> merged(query, stored, waiting), false)));
  }

  private static LabelResult merged(LabelQuery query, LabelResult stored, LabelResult waiting) {
    LabelMerge merge = new LabelMerge(query);
    merge.add(stored);
    merge.add(waiting);
    return merge.result();
  }

  /**
   * What this node is to tell of the store.
   *
   * @param nothing the empty answer
   */
  private <T> Future<T> stored(
      Supplier<Future<T>> question, SharedRead shared, long minTime, T nothing) {
    Supplier<Future<T>> asked = () -> question.get().onSuccess(answer -> drain.answered());
    return switch (shared.who()) {
      case EACH -> orNothing(asked, minTime, nothing);
      case HERE -> asked.get();
      case ELSEWHERE ->
          lastPut.isWithin(shared.ageMs()) ? asked.get() : Future.succeededFuture(nothing);
    };
  }

  /** What the store answers, or nothing where it is away and has nothing of that time. */
  private <T> Future<T> orNothing(Supplier<Future<T>> question, long minTime, T nothing) {
    return question
        .get()
        .recover(failure -> {
          boolean away =
              failure instanceof LookoutException known && known.code() == ErrorCode.UNAVAILABLE;
          if (away && !storedUntil.covers(minTime)) {
            return Future.succeededFuture(nothing);
          }
          return Future.failedFuture(away ? explained(failure) : failure);
        });
  }

  private LookoutException explained(Throwable failure) {
    long until = storedUntil.time();
    return new LookoutException(
        ErrorCode.UNAVAILABLE,
        failure.getMessage()
            + "; what is after "
            + Instant.ofEpochMilli(until)
            + " can be asked for",
        failure);
  }

  @Override
  public Future<Void> dropBefore(long time) {
    return local.dropBefore(time).compose(done -> target.dropBefore(time));
  }

  /** Who replaces blocks must know all of them: fails while some wait. */
  @Override
  public Future<List<StoredBlock>> list(BlockRange range) {
    return room.isEmpty()
        ? target.list(range)
        : Future.failedFuture(
            new LookoutException(
                ErrorCode.UNAVAILABLE, "blocks wait for the block store: ask again later"));
  }

  @Override
  public Future<List<Block>> fetch(List<StoredBlock> blocks) {
    return target.fetch(blocks);
  }

  @Override
  public Future<Void> delete(List<StoredBlock> blocks) {
    return target.delete(blocks);
  }

  @Override
  public Future<Void> pack(long from, long to) {
    return target.pack(from, to);
  }

  @Override
  public boolean holdsBack() {
    return !room.isEmpty();
  }

  @Override
  public boolean shared() {
    return target.shared();
  }

  @Override
  public Future<StoreStats> stats() {
    return target.stats();
  }

  @Override
  public Future<Void> close() {
    return drain.stop().eventually(local::close).eventually(target::close);
  }
}
