package io.lookout.storage.spill;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import io.lookout.model.retry.Backoff;
import java.nio.file.Path;
import java.time.Duration;

/** What an operator can set of the outage of a block store. */
public record SpillSettings(
    @Setting(
            name = "storage.spill.bytes.max",
            defaultValue = "20GiB",
            help =
                "Blocks that wait on local disk while the block store is away; beyond that senders"
                    + " are told 503.")
        ByteSize max,
    @Setting(
            name = "storage.spill.patience",
            defaultValue = "30s",
            help = "How long the block store may take for a put before its blocks wait on disk.")
        Duration patience,
    @Setting(
            name = "storage.spill.retry.min",
            defaultValue = "1s",
            help = "How long to wait after the block store has failed; doubles with each failure.")
        Duration retryMin,
    @Setting(
            name = "storage.spill.retry.max",
            defaultValue = "1m",
            help = "How long to wait at most before the block store is asked again.")
        Duration retryMax) {
  private static final long BATCH_BYTES = 4L << 20;

  public SpillOptions options(Path directory) {
    return new SpillOptions(
        directory, max.bytes(), patience, new Backoff(retryMin, retryMax), BATCH_BYTES);
  }
}
