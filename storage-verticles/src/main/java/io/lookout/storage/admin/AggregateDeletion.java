package io.lookout.storage.admin;

import io.lookout.model.bus.AdminRequest;
import io.lookout.storage.downsample.Coverage;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import java.util.List;

/**
 * Deletes from a store of aggregates what was made of deleted samples. Where the samples around
 * them are kept, the aggregates go, to be made again of what is left; where those are past
 * retention, the buckets go that end within the time.
 */
final class AggregateDeletion {
  private final BlockStore store;
  private final AdminRequest request;
  private final Resolutions resolutions;

  AggregateDeletion(BlockStore store, AdminRequest request, Resolutions resolutions) {
    this.store = store;
    this.request = request;
    this.resolutions = resolutions;
  }

  void run() throws InterruptedException {
    long horizon = resolutions.horizon();
    if (request.minTime() < horizon) {
      long end = Math.min(request.maxTime(), horizon - 1);
      new SeriesDeletion(
              store,
              new AdminRequest(
                  request.action(),
                  request.tenant(),
                  request.name(),
                  request.matcherSets(),
                  request.minTime(),
                  end))
          .run();
    }
    forgetFrom(horizon);
  }

  private void forgetFrom(long horizon) throws InterruptedException {
    Coverage coverage = resolutions.coverage();
    long max = request.maxTime();
    BlockRange range =
        BlockRange.of(horizon, max == Long.MAX_VALUE ? max : max + 1, SeriesDeletion.PAGE);
    List<StoredBlock> page = Answers.await(store.list(range));
    while (!page.isEmpty()) {
      List<StoredBlock> meant =
          page.stream()
              .filter(block -> SeriesDeletion.mayBeMeant(request, block))
              .filter(block -> coverage.reaches(block.origin().windowStart(), request.minTime()))
              .toList();
      meant.forEach(block -> coverage.changed(block.origin().windowStart()));
      if (!meant.isEmpty()) {
        Answers.await(store.delete(meant));
      }
      page =
          page.size() < SeriesDeletion.PAGE
              ? List.of()
              : Answers.await(store.list(range.after(page.getLast())));
    }
  }
}
