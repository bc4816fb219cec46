package io.lookout.storage;

import io.lookout.model.Labels;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.ExemplarQuery;
import io.lookout.model.bus.ExemplarResult;
import io.lookout.model.bus.ExemplarResult.SeriesExemplars;
import io.lookout.model.bus.HeadQuery;
import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.SharedRead;
import io.lookout.model.chunk.Chunk;
import io.lookout.storage.block.LabelMerge;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.downsample.StoreLabels;
import io.lookout.storage.downsample.StoreSelect;
import io.lookout.storage.head.Head;
import io.lookout.storage.head.HeadStatistics;
import io.lookout.storage.head.SeriesExemplar;
import io.lookout.storage.shard.Caller;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.store.BlockStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from all shards of the node and from its block store.
 *
 * <p>Shards and store are asked side by side. A window that moves from the one to the other in
 * between could so be missed by both: where one has left its shard, the store is asked once more,
 * now that the shards have answered, and has it. What both have is one to the reader.
 *
 * <p>Thread-safe. An event loop is answered later on its context; a worker does what it can itself.
 */
final class StorageSearch {
  /** So many chunks or names are merged sooner than a worker takes them. */
  private static final long MERGED_AT_ONCE = 1000;

  private final List<Shard> shards;
  private final Resolutions resolutions;
  private final StoreSelect store;
  private final BlockStore samples;
  private final StoreLabels labels;
  private final Vertx vertx;

  StorageSearch(List<Shard> shards, BlockStore store, Resolutions resolutions, Vertx vertx) {
    this.shards = shards;
    this.resolutions = resolutions;
    this.store = new StoreSelect(store, resolutions);
    this.samples = store;
    this.labels = new StoreLabels(store, resolutions);
    this.vertx = vertx;
  }

  /**
   * What was selected.
   *
   * @param downsampled for which times by aggregates
   */
  record Selected(List<SeriesChunks> series, List<TimePart> downsampled) {}

  Future<Selected> select(SelectRequest request) {
    return select(request, request.alignment());
  }

  private Future<Selected> select(SelectRequest request, long alignment) {
    long changes = resolutions.coverage().changes();
    List<TimePart> parts = parts(request, alignment);
    List<TimePart> downsampled = parts.stream().filter(part -> !part.isRaw()).toList();
    return ask(
        shard -> shard.select(request, caller()),
        () -> store.select(request, parts),
        (heads, blocks) ->
            alignment > 0 && !downsampled.isEmpty() && isOutdated(changes, downsampled, heads)
                ? select(request, 0)
                : merged(request, blocks, heads).map(series -> new Selected(series, downsampled)));
  }

  private List<TimePart> parts(SelectRequest request, long alignment) {
    if (resolutions.isEmpty()) {
      return List.of(new TimePart(0, request.minTime(), request.maxTime()));
    }
    // Of a store that nodes share, aggregates are read by the node that reads for all.
    return samples.shared() && request.shared().who() == SharedRead.Who.ELSEWHERE
        ? resolutions.parts(request.minTime(), request.maxTime(), 0).stream()
            .filter(TimePart::isRaw)
            .toList()
        : resolutions.parts(request.minTime(), request.maxTime(), alignment);
  }

  /** Whether there are samples that the aggregates do not have. */
  private boolean isOutdated(
      long changes, List<TimePart> downsampled, List<List<SeriesChunks>> heads) {
    if (resolutions.coverage().changes() != changes) {
      return true;
    }
    long end = downsampled.getLast().maxTime();
    for (List<SeriesChunks> head : heads) {
      for (SeriesChunks series : head) {
        for (Chunk chunk : series.chunks()) {
          if (chunk.minTime() <= end) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private Future<List<SeriesChunks>> merged(
      SelectRequest request, List<SeriesChunks> blocks, List<List<SeriesChunks>> heads) {
    long chunks = chunks(blocks);
    for (List<SeriesChunks> head : heads) {
      chunks += chunks(head);
    }
    return chunks <= MERGED_AT_ONCE
        ? Future.succeededFuture(merge(request, blocks, heads))
        : onWorker(() -> merge(request, blocks, heads));
  }

  private static long chunks(List<SeriesChunks> series) {
    long chunks = 0;
    for (SeriesChunks each : series) {
      chunks += each.chunks().size();
    }
    return chunks;
  }

  /** Heads after blocks: what was written last wins. */
  private List<SeriesChunks> merge(
      SelectRequest request, List<SeriesChunks> blocks, List<List<SeriesChunks>> heads) {
    if (heads.stream().allMatch(List::isEmpty)) {
      return blocks;
    }
    int series = resolutions.isEmpty() ? request.maxSeries() : StoreSelect.allSeries(request);
    SeriesMerge merge = new SeriesMerge(series, request.maxBytes());
    merge.add(blocks);
    heads.forEach(head -> merge.add(head, Long.MAX_VALUE));
    return merge.result();
  }

  Future<LabelResult> labels(LabelQuery query) {
    return ask(
        shard -> shard.labels(query, caller()),
        () -> labels.labels(query),
        (heads, blocks) -> merged(query, blocks, heads));
  }

  /**
   * The answer, where idle shards have it at a glance and the store remembers it. Neither waits nor
   * reads from a disk: an event loop may ask.
   *
   * @return null where it takes more
   */
  @Nullable LabelResult known(LabelQuery query) {
    return known(
        head -> head.labelsAtGlance(query),
        () -> labels.known(query),
        (heads, blocks) ->
            entries(blocks, heads) > MERGED_AT_ONCE ? null : merge(query, blocks, heads));
  }

  /** As {@link #select}, on the terms of {@link #known(LabelQuery)}; samples only. */
  @Nullable Selected known(SelectRequest request) {
    return known(
        head -> head.selectAtGlance(request),
        () -> store.known(request, parts(request, request.alignment())),
        (heads, blocks) -> new Selected(merge(request, blocks, heads), List.of()));
  }

  /** As {@link #ask}, from what is at hand. */
  private <H, B, R> @Nullable R known(
      Function<Head, @Nullable H> ofHead,
      Supplier<@Nullable B> ofStore,
      BiFunction<List<H>, B, @Nullable R> merge) {
    long released = released();
    List<H> heads = new ArrayList<>(shards.size());
    for (Shard shard : shards) {
      H head = shard.atGlance(ofHead);
      if (head == null) {
        return null;
      }
      heads.add(head);
    }
    B blocks = ofStore.get();
    return blocks == null || released() != released ? null : merge.apply(heads, blocks);
  }

  private Future<LabelResult> merged(
      LabelQuery query, LabelResult blocks, List<LabelResult> heads) {
    return entries(blocks, heads) <= MERGED_AT_ONCE
        ? Future.succeededFuture(merge(query, blocks, heads))
        : onWorker(() -> merge(query, blocks, heads));
  }

  private static long entries(LabelResult blocks, List<LabelResult> heads) {
    long entries = blocks.entries();
    for (LabelResult head : heads) {
      entries += head.entries();
    }
    return entries;
  }

  private static LabelResult merge(LabelQuery query, LabelResult blocks, List<LabelResult> heads) {
    if (heads.stream().allMatch(head -> head.entries() == 0)) {
      return blocks;
    }
    LabelMerge merge = new LabelMerge(query);
    merge.add(blocks);
    heads.forEach(merge::add);
    return merge.result();
  }

  /** Exemplars are in heads only. */
  Future<ExemplarResult> exemplars(ExemplarQuery query) {
    return askShards(shard ->
            shard.exemplars(query.tenant(), query.matcherSets(), query.minTime(), query.maxTime()))
        .compose(heads -> onWorker(() -> bySeries(heads)));
  }

  private static ExemplarResult bySeries(List<List<SeriesExemplar>> heads) {
    Map<Labels, List<Exemplar>> series = new LinkedHashMap<>();
    for (List<SeriesExemplar> head : heads) {
      for (SeriesExemplar each : head) {
        series
            .computeIfAbsent(each.key().labels(), labels -> new ArrayList<>())
            .add(each.exemplar());
      }
    }
    // Late ones stand behind newer ones; readers expect them in the order of time.
    series.values().forEach(each -> each.sort(Comparator.comparingLong(Exemplar::time)));
    return new ExemplarResult(
        series.entrySet().stream()
            .map(each -> new SeriesExemplars(each.getKey(), each.getValue()))
            .toList());
  }

  Future<HeadResult> head(HeadQuery query) {
    return askShards(shard -> shard.statistics(query.tenant()))
        .compose(heads -> onWorker(() -> counted(query, heads)));
  }

  private static HeadResult counted(HeadQuery query, List<HeadStatistics> heads) {
    HeadStatistics all = new HeadStatistics();
    heads.forEach(all::add);
    return all.result(query.limit());
  }

  private static Caller caller() {
    return Context.isOnEventLoopThread() ? Caller.EVENT_LOOP : Caller.WORKER;
  }

  /** Large answers take a while to merge: too long for an event loop. */
  private <T> Future<T> onWorker(Supplier<T> merge) {
    return switch (caller()) {
      case EVENT_LOOP -> vertx.executeBlocking(merge::get, false);
      case WORKER -> Future.succeededFuture().map(here -> merge.get());
    };
  }

  /**
   * Asks shards and store, the store again where a window left its shard meanwhile. A worker has
   * the answer when this returns, unless a shard has much to read or something else to do.
   */
  private <H, B, R> Future<R> ask(
      Function<Shard, CompletableFuture<H>> ofShard,
      Supplier<Future<B>> ofStore,
      BiFunction<List<H>, B, Future<R>> merge) {
    long released = released();
    Future<List<H>> heads = askShards(ofShard);
    Future<B> stored = ofStore.get();
    return Future.all(stored, heads)
        .compose(both -> released() == released ? stored : ofStore.get())
        .compose(blocks -> merge.apply(heads.result(), blocks));
  }

  private long released() {
    long released = 0;
    for (Shard shard : shards) {
      released += shard.released();
    }
    return released;
  }

  private <T> Future<List<T>> askShards(Function<Shard, CompletableFuture<T>> question) {
    List<Future<T>> answers =
        shards.stream().map(shard -> onContext(question.apply(shard))).toList();
    return Future.all(answers).map(all -> all.<T>list());
  }

  /** What is there already needs no context to come back to. */
  private <T> Future<T> onContext(CompletableFuture<T> answer) {
    return answer.isDone()
        ? Future.fromCompletionStage(answer)
        : Future.fromCompletionStage(answer, vertx.getOrCreateContext());
  }
}
