package io.lookout.storage.admin;

import io.lookout.model.Label;
import io.lookout.model.Matcher;
import io.lookout.model.bus.AdminRequest;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes samples from the block store: blocks that have some are written anew without them, put,
 * and the old ones deleted. Runs on the calling thread, with little memory. What comes to the store
 * later, as when the same time is imported again, stays.
 */
final class SeriesDeletion {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesDeletion.class);
  static final int PAGE = 5_000;
  private static final long READ_BYTES = 8L << 20;

  /** No block is longer: windows are at most 20 days, and spans follow rollover periods. */
  private static final long LONGEST_BLOCK = 400L * 24 * 3_600_000;

  private final BlockStore store;
  private final AdminRequest request;
  private final BlockErasure erasure;

  SeriesDeletion(BlockStore store, AdminRequest request) {
    this.store = store;
    this.request = request;
    this.erasure = new BlockErasure(request);
  }

  /** How many samples were deleted. */
  long run() throws InterruptedException {
    long min = request.minTime();
    long from = min < Long.MIN_VALUE + LONGEST_BLOCK ? Long.MIN_VALUE : min - LONGEST_BLOCK;
    long max = request.maxTime();
    BlockRange range = BlockRange.of(from, max == Long.MAX_VALUE ? max : max + 1, PAGE);
    List<StoredBlock> page = Answers.await(store.list(range));
    while (!page.isEmpty()) {
      for (List<StoredBlock> some : shares(page)) {
        erase(some);
      }
      page =
          page.size() < PAGE ? List.of() : Answers.await(store.list(range.after(page.getLast())));
    }
    return erasure.erased();
  }

  /** Of the tenant and of metrics that may be meant, about so many bytes at a time. */
  private List<List<StoredBlock>> shares(List<StoredBlock> page) {
    List<List<StoredBlock>> shares = new ArrayList<>();
    List<StoredBlock> share = new ArrayList<>();
    long bytes = 0;
    for (StoredBlock block : page) {
      if (mayBeMeant(block)) {
        share.add(block);
        bytes += block.bytes();
      }
      if (bytes >= READ_BYTES) {
        shares.add(share);
        share = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!share.isEmpty()) {
      shares.add(share);
    }
    return shares;
  }

  private boolean mayBeMeant(StoredBlock block) {
    return mayBeMeant(request, block);
  }

  /** Whether the block is of the tenant and of a metric that is to be deleted from. */
  static boolean mayBeMeant(AdminRequest request, StoredBlock block) {
    return block.origin().tenant().equals(request.tenant())
        && request.matcherSets().stream()
            .anyMatch(set -> set.stream().allMatch(each -> accepts(each, block)));
  }

  private static boolean accepts(Matcher matcher, StoredBlock block) {
    return !matcher.name().equals(Label.METRIC_NAME) || matcher.matches(block.origin().metric());
  }

  private void erase(List<StoredBlock> blocks) throws InterruptedException {
    // One that was put again after a roll-over is in two indices, and goes from both.
    Map<String, List<StoredBlock>> byId =
        blocks.stream().collect(Collectors.groupingBy(StoredBlock::id));
    List<Block> kept = new ArrayList<>();
    List<StoredBlock> old = new ArrayList<>();
    for (Block block : Answers.await(store.fetch(blocks))) {
      List<StoredBlock> copies = byId.remove(block.id());
      Optional<List<Block>> rest = copies == null ? Optional.empty() : rest(block);
      if (copies != null && rest.isPresent()) {
        kept.addAll(rest.get());
        old.addAll(copies);
      }
    }
    if (!kept.isEmpty()) {
      Answers.await(store.put(kept));
    }
    if (!old.isEmpty()) {
      Answers.await(store.delete(old));
    }
  }

  private Optional<List<Block>> rest(Block block) {
    try {
      return erasure.rest(block);
    } catch (CorruptBlockException e) {
      LOG.warn("Block {} is damaged: nothing is deleted from it", block.id(), e);
      return Optional.empty();
    }
  }
}
