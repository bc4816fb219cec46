package io.lookout.storage.downsample;

import io.lookout.storage.compact.Compaction;
import io.lookout.storage.compact.CompactionOptions;
import io.lookout.storage.compact.GroupReading;
import io.lookout.storage.store.Answers;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Brings the coarser stores up to what the store of samples has, span by span, and notes which
 * spans are. Runs after compaction, on its thread; several nodes with one store each note, and one
 * of them writes.
 */
public final class Downsampling implements Compaction.FollowUp {
  private static final int PAGE = 5_000;
  private static final int MAX_SAMPLES = 8_640;

  private final BlockStore store;
  private final Resolutions resolutions;
  private final CompactionOptions options;
  private final Clock clock;
  private final DownsamplingMeters meters;
  private final GroupReading reading;

  /**
   * @param store of the samples
   * @param options that the store is compacted with
   */
  public Downsampling(
      BlockStore store,
      Resolutions resolutions,
      CompactionOptions options,
      Clock clock,
      MeterRegistry meters) {
    this.store = store;
    this.resolutions = resolutions;
    this.options = options;
    this.clock = clock;
    this.meters = new DownsamplingMeters(meters);
    this.reading = new GroupReading(store, options.memory(), MAX_SAMPLES, this.meters.bytesRead);
  }

  /** Looks at every span that has ended, whose samples are kept, and that is not known covered. */
  @Override
  public void look(boolean elected, BooleanSupplier ending) throws InterruptedException {
    if (resolutions.isEmpty()) {
      return;
    }
    Coverage coverage = resolutions.coverage();
    long before = clock.millis() - options.delay();
    long span = options.span();
    for (long start = resolutions.horizon(); start + span <= before; start += span) {
      if (ending.getAsBoolean()) {
        return;
      }
      // Other nodes put late data into a shared store too: what was covered is looked at again.
      if (store.shared() || !coverage.covers(start)) {
        look(start, before, elected);
      }
    }
  }

  private void look(long start, long before, boolean elected) throws InterruptedException {
    Coverage coverage = resolutions.coverage();
    int puts = coverage.puts(start);
    List<Map<String, Group>> present = new ArrayList<>();
    for (Resolution each : resolutions.all()) {
      present.add(groups(each.store(), start));
    }
    boolean covered = true;
    for (Group group : groups(store, start).values()) {
      covered &= cover(group, start, before, present, elected);
    }
    // Nobody tells the others when aggregates are deleted: who deletes them knows what there is.
    if (covered && (elected || !store.shared())) {
      coverage.cover(start, puts);
    } else {
      coverage.changed(start);
    }
  }

  /** Whether all resolutions have the group, which they are given where they have not. */
  private boolean cover(
      Group group, long start, long before, List<Map<String, Group>> present, boolean elected)
      throws InterruptedException {
    if (group.sequence >= before && group.sealed) {
      return false; // More may come soon.
    }
    List<GroupWriter> missing = new ArrayList<>();
    for (int i = 0; i < present.size(); i++) {
      Group old = present.get(i).get(group.name());
      if (old == null || !old.isAllOf(group)) {
        List<StoredBlock> replaced = old == null ? List.of() : old.blocks;
        Resolution resolution = resolutions.all().get(i);
        missing.add(
            new GroupWriter(
                resolution, group.origin(start), group.completeLevel(), replaced, meters));
      }
    }
    if (missing.isEmpty() || !elected) {
      return missing.isEmpty();
    }
    if (resolutions.coverage().covers(start)) {
      resolutions.coverage().changed(start); // What is there and what replaces it do not mix.
    }
    List<StoredBlock> read =
        reading.read(
            group.blocks,
            series -> {
              for (GroupWriter writer : missing) {
                writer.take(series);
              }
            });
    if (read.size() < group.blocks.size()) {
      return false; // Damaged: the samples themselves are to answer, and to report it.
    }
    for (GroupWriter writer : missing) {
      writer.finish();
    }
    return true;
  }

  private Map<String, Group> groups(BlockStore of, long start) throws InterruptedException {
    Map<String, Group> groups = new HashMap<>();
    BlockRange range = BlockRange.of(start, start + options.span(), PAGE);
    Set<String> seen = new HashSet<>();
    List<StoredBlock> page = Answers.await(of.list(range));
    while (!page.isEmpty()) {
      for (StoredBlock block : page) {
        if (seen.add(block.id())) {
          groups.computeIfAbsent(Group.name(block), name -> new Group()).add(block);
        }
      }
      page = page.size() < PAGE ? List.of() : Answers.await(of.list(range.after(page.getLast())));
    }
    return groups;
  }
}
