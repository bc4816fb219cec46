package io.lookout.storage.compact;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** What an operator can set of compaction. */
public record CompactionSettings(
    @Setting(
            name = "storage.compaction.enabled",
            defaultValue = "true",
            help = "Whether small blocks are put together in the background.")
        boolean enabled,
    @Setting(
            name = "storage.compaction.span",
            defaultValue = "1d",
            help =
                "How much time a compacted block covers: storage.rollover, where that is shorter,"
                    + " else it must be a multiple of this.")
        Duration span,
    @Setting(
            name = "storage.compaction.delay",
            defaultValue = "1h",
            help = "How long after its end, and after late data came to it, a span is compacted.")
        Duration delay,
    @Setting(
            name = "storage.compaction.interval",
            defaultValue = "5m",
            help = "How often to look for blocks to compact.")
        Duration interval,
    @Setting(
            name = "storage.compaction.memory",
            defaultValue = "64MiB",
            help = "About how many bytes of blocks are read at once.")
        ByteSize memory) {

  /**
   * @param rollover how much time an index covers
   * @param retention how far back to look
   */
  public CompactionOptions options(Duration rollover, Duration retention) {
    long spanOrRollover = Math.min(span.toMillis(), rollover.toMillis());
    if (rollover.toMillis() % spanOrRollover != 0) {
      throw new IllegalArgumentException(
          "storage.rollover ("
              + rollover
              + ") is no multiple of storage.compaction.span ("
              + span
              + ")");
    }
    return new CompactionOptions(
        spanOrRollover, delay.toMillis(), interval, memory.bytes(), retention.toMillis());
  }
}
