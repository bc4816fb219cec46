package io.lookout.storage.embedded;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.OpenBlock;
import io.lookout.storage.embedded.BlockVisit.FoundBlock;
import io.lookout.storage.store.CacheMeters;
import io.lookout.storage.store.LabelTables;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, within bounds, what was read of segments: the times of their blocks, which blocks a
 * selector finds, answers for labels, and blocks themselves. Segments never change, so that nothing
 * has to be forgotten when blocks are added; what was deleted is looked at outside. Thread-safe.
 */
final class SegmentCache {
  /** The times of so many are looked at in some microseconds. */
  private static final int GLANCE_BLOCKS = 10_000;

  private final Cache<Object, BlockTimes> times;
  private final Cache<Finding, Candidates> candidates;
  private final Cache<LabelQuestion, LabelResult> answers;
  private final Cache<Place, OpenBlock> blocks;
  private final LabelTables tables;

  /** What a selector finds in a segment. */
  private record Finding(Object segment, String tenant, List<Matcher> matchers) {}

  /** Where a block is. */
  private record Place(Object segment, int doc) {}

  /**
   * @param maxBytes roughly what all of it may take in memory: blocks five eighths
   */
  SegmentCache(String store, long maxBytes, LabelTables tables, MeterRegistry meters) {
    this.tables = tables;
    times = cache(maxBytes / 8, (segment, each) -> each.estimatedBytes());
    candidates =
        cache(
            maxBytes / 8,
            (finding, each) ->
                each.estimatedBytes() + LabelQuestion.estimatedBytes(finding.matchers()));
    answers = cache(maxBytes / 8, SegmentCache::weight);
    blocks = cache(maxBytes / 8 * 5, (place, each) -> each.estimatedBytes());
    CacheMeters.register(store, "times", times, meters);
    CacheMeters.register(store, "selectors", candidates, meters);
    CacheMeters.register(store, "labels", answers, meters);
    CacheMeters.register(store, "blocks", blocks, meters);
  }

  private static int weight(LabelQuestion question, LabelResult answer) {
    long bytes = question.estimatedBytes() + 80L * answer.entries();
    for (String each : answer.strings()) {
      bytes += each.length();
    }
    for (Labels each : answer.series()) {
      bytes += 64L * each.size();
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  private static <K, V> Cache<K, V> cache(long maxBytes, Weigher<K, V> weigher) {
    return Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher(weigher)
        .executor(Runnable::run)
        .recordStats()
        .build();
  }

  BlockTimes times(LeafReader segment) throws IOException {
    BlockTimes known = knownTimes(segment);
    if (known == null) {
      known = BlockTimes.of(segment);
      times.put(key(segment), known);
    }
    return known;
  }

  /** The same, if they are known. */
  @Nullable BlockTimes knownTimes(LeafReader segment) {
    return times.getIfPresent(key(segment));
  }

  /** Finds the blocks of a segment. */
  @FunctionalInterface
  interface Finder {
    Candidates find() throws IOException;
  }

  /** What a selector finds in a segment, by the finder where that is not known yet. */
  Candidates candidates(LeafReader segment, String tenant, List<Matcher> matchers, Finder finder)
      throws IOException {
    Finding key = new Finding(key(segment), tenant, matchers);
    Candidates known = candidates.getIfPresent(key);
    if (known == null) {
      known = finder.find();
      candidates.put(key, known);
    }
    return known;
  }

  /** The same, if it is known. */
  @Nullable Candidates knownCandidates(LeafReader segment, SelectRequest request) {
    return candidates.getIfPresent(new Finding(key(segment), request.tenant(), request.matchers()));
  }

  /** The blocks that a question for labels is about. */
  LabelQuestion question(LabelQuery query, PeriodView view) throws IOException {
    List<LabelQuestion.Part> parts = new ArrayList<>();
    view.each(searcher -> {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        addPart(leaf.reader(), query, parts);
      }
    });
    return LabelQuestion.of(query, parts);
  }

  private void addPart(LeafReader segment, LabelQuery query, List<LabelQuestion.Part> parts)
      throws IOException {
    BlockTimes known = times(segment);
    if (known.anyOverlaps(query.minTime(), query.maxTime())) {
      parts.add(
          new LabelQuestion.Part(
              key(segment),
              known.overlapping(query.minTime(), query.maxTime(), segment.getLiveDocs())));
    }
  }

  /** The answer to a question, where all that it takes is remembered and not much; else null. */
  @Nullable LabelResult known(LabelQuery query, PeriodView view) throws IOException {
    List<LeafReader> segments = new ArrayList<>();
    view.each(searcher ->
        searcher.getIndexReader().leaves().forEach(leaf -> segments.add(leaf.reader())));
    int blocks = 0;
    for (LeafReader segment : segments) {
      blocks += segment.maxDoc();
      if (blocks > GLANCE_BLOCKS || knownTimes(segment) == null) {
        return null;
      }
    }
    return answers.getIfPresent(question(query, view));
  }

  /** Answers for labels. */
  @FunctionalInterface
  interface Answerer {
    LabelResult answer() throws IOException;
  }

  /** The answer to a question, by the answerer where it is not known yet. */
  LabelResult answer(LabelQuestion question, Answerer answerer) throws IOException {
    LabelResult known = answers.getIfPresent(question);
    if (known == null) {
      known = answerer.answer();
      answers.put(question, known);
    }
    return known;
  }

  /** The block, if it is known. */
  @Nullable OpenBlock known(LeafReader segment, int doc) {
    return blocks.getIfPresent(new Place(key(segment), doc));
  }

  /** Opens a block that is not known, and knows it from now on. */
  OpenBlock open(LeafReader segment, String tenant, FoundBlock found)
      throws IOException, CorruptBlockException {
    OpenBlock opened =
        OpenBlock.of(tables.table(tenant, found.series()), found.sequence(), found.chunks());
    blocks.put(new Place(key(segment), found.doc()), opened);
    return opened;
  }

  /** Deletions make another view of the same segment, not another segment. */
  private static Object key(LeafReader segment) {
    return segment.getCoreCacheHelper().getKey();
  }
}
