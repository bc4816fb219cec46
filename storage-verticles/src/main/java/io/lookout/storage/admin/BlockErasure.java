package io.lookout.storage.admin;

import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockReader;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.block.CorruptBlockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes samples out of a block. Not thread-safe. */
final class BlockErasure {
  private final AdminRequest request;
  private final ChunkMerge chunks = new ChunkMerge();
  private long erased;

  BlockErasure(AdminRequest request) {
    this.request = request;
  }

  /** How many samples have been taken out so far. */
  long erased() {
    return erased;
  }

  /**
   * What stays of the block: none, one, or where it grew several blocks; nothing at all where it
   * stays as it is.
   *
   * @throws CorruptBlockException where the bytes are not what was written
   */
  Optional<List<Block>> rest(Block block) throws CorruptBlockException {
    long before = erased;
    List<SeriesChunks> kept = new ArrayList<>();
    for (SeriesChunks series : BlockReader.series(block)) {
      List<Chunk> rest = isMeant(series) ? rest(series.chunks()) : series.chunks();
      if (!rest.isEmpty()) {
        kept.add(new SeriesChunks(series.key(), rest));
      }
    }
    if (erased == before) {
      return Optional.empty();
    }
    BlockOrigin origin =
        new BlockOrigin(
            block.tenant(), block.metric(), block.windowStart(), block.sequence(), block.level());
    return Optional.of(kept.isEmpty() ? List.of() : new BlockWriter(origin).write(kept));
  }

  private boolean isMeant(SeriesChunks series) {
    for (List<Matcher> all : request.matcherSets()) {
      if (all.stream().allMatch(matcher -> matcher.matches(series.key().labels()))) {
        return true;
      }
    }
    return false;
  }

  private List<Chunk> rest(List<Chunk> all) {
    List<Chunk> rest = new ArrayList<>(all.size());
    for (Chunk chunk : all) {
      if (!chunk.overlaps(request.minTime(), request.maxTime())) {
        rest.add(chunk);
      } else if (chunk.minTime() >= request.minTime() && chunk.maxTime() <= request.maxTime()) {
        erased += chunk.count();
      } else {
        rest.addAll(rest(chunk));
      }
    }
    return rest;
  }

  private List<Chunk> rest(Chunk chunk) {
    SampleColumns samples = chunks.samples(List.of(chunk));
    int from = 0;
    while (from < samples.size && samples.times[from] < request.minTime()) {
      from++;
    }
    int to = from;
    while (to < samples.size && samples.times[to] <= request.maxTime()) {
      to++;
    }
    if (from == to) {
      return List.of(chunk);
    }
    erased += to - from;
    List<Chunk> rest = new ArrayList<>(chunks.encode(samples, 0, from, Chunk.MAX_COUNT));
    rest.addAll(chunks.encode(samples, to, samples.size, Chunk.MAX_COUNT));
    return rest;
  }
}
