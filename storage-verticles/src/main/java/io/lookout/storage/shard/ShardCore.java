package io.lookout.storage.shard;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.storage.head.Head;
import io.lookout.storage.head.SeriesQuota;
import io.lookout.storage.wal.LogFiles;
import io.lookout.storage.wal.Wal;
import io.lookout.storage.wal.WalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a shard does, without its thread: log first, head second. */
final class ShardCore {
  private static final Logger LOG = LoggerFactory.getLogger(ShardCore.class);

  private final ShardOptions options;
  private final Clock clock;
  private final Head head;
  private final Wal wal;
  private final ShardMetrics metrics;
  private final Admission admission;
  private final StartZeros zeros;

  // The group that is being written; kept, so that a group allocates little.
  private final List<WriteBatch> batches = new ArrayList<>();
  private final List<WriteResult> results = new ArrayList<>();

  /** Attempts to write the log in a row that failed. */
  private long failed;

  ShardCore(
      ShardOptions options,
      Path directory,
      LogFiles files,
      SeriesQuota quota,
      Clock clock,
      ShardMetrics metrics)
      throws IOException {
    this.options = options;
    this.clock = clock;
    this.metrics = metrics;
    long window = options.window().toMillis();
    head = new Head(options.head(), quota);
    admission = new Admission(head, quota);
    zeros = new StartZeros(head, window);
    WalOptions walOptions =
        new WalOptions(
            window,
            options.walSync(),
            options.walSyncInterval(),
            options.walSegmentBytes(),
            options.walReserveBytes());
    Wal.Opened opened =
        Wal.open(directory, walOptions, files, new HeadReplay(head, clock.millis()));
    wal = opened.wal();
    head.dropEmpty(wal::forget);
    metrics.replayed(opened.replay());
    LOG.info("{}: {} with {} series", directory, opened.replay(), head.seriesCount());
    head.counts().begin(); // What was replayed was counted when it came.
    updateMetrics();
  }

  Head head() {
    return head;
  }

  /**
   * Writes the batches in one go: all of them or none, but for series of a tenant that has too
   * many.
   *
   * @return one for each batch
   * @throws LookoutException with {@code UNAVAILABLE} where the log cannot be written
   */
  List<WriteResult> write(List<WriteBatch> offered) {
    batches.clear();
    results.clear();
    admission.clear();
    for (WriteBatch batch : offered) {
      Admission.Admitted admitted = admission.admit(batch);
      batches.add(admitted.batch());
      results.add(admitted.result());
    }
    List<WriteBatch> whole =
        options.zerosAtStart() ? zeros.added(batches, admission.slots()) : batches;
    log(whole);
    append(whole);
    updateMetrics();
    return results;
  }

  private void append(List<WriteBatch> batches) {
    long now = clock.millis();
    int offset = 0;
    for (WriteBatch batch : batches) {
      head.append(batch, admission.slots(), offset, now);
      for (MetricMetadata entry : batch.metadata()) {
        head.append(batch.tenant(), entry);
      }
      offset += batch.seriesCount();
    }
  }

  private void log(List<WriteBatch> batches) {
    try {
      wal.begin(newestTime(batches), this::preamble);
      int offset = 0;
      for (WriteBatch batch : batches) {
        for (MetricMetadata entry : batch.metadata()) {
          if (!head.has(batch.tenant(), entry)) {
            wal.add(batch.tenant(), entry);
          }
        }
        wal.add(batch, admission.slots(), offset);
        offset += batch.seriesCount();
      }
      metrics.wrote(wal.commit());
      succeeded();
    } catch (IOException e) {
      throw unavailable(e);
    } catch (RuntimeException | Error e) {
      wal.abandon();
      throw e;
    }
  }

  /** Of samples; the windows of exemplars do not matter to the log. */
  private static long newestTime(List<WriteBatch> batches) {
    long newest = Long.MIN_VALUE;
    for (WriteBatch batch : batches) {
      long[] times = batch.times();
      for (int i = 0; i < batch.sampleCount(); i++) {
        newest = Math.max(newest, times[i]);
      }
    }
    return newest;
  }

  /** What every segment begins with. */
  private void preamble() {
    head.forEachMetadata(wal::add);
    if (head.lastGeneration() > 0) {
      wal.add(head.lastGeneration());
    }
  }

  /** Logged when it begins and when it is over: senders come again and again in between. */
  private LookoutException unavailable(IOException e) {
    String what =
        "the write-ahead log in " + wal.directory() + " cannot be written: " + e.getMessage();
    if (failed++ == 0) {
      LOG.error("{}. Senders are told 503 until it can; the head still answers", what, e);
    }
    metrics.writeFailed();
    return new LookoutException(ErrorCode.UNAVAILABLE, what, e);
  }

  private void succeeded() {
    if (failed > 0) {
      LOG.info(
          "the write-ahead log in {} is written again, after {} attempts that failed",
          wal.directory(),
          failed);
      failed = 0;
    }
  }

  List<Long> sealable(long now) {
    return head.sealable(
        now,
        options.sealDelay().toMillis(),
        options.lateDelay().toMillis(),
        options.maxLateBytes());
  }

  SealedWindow snapshot(long window) {
    Long frozen = head.frozenGeneration(window);
    long generation = frozen == null ? freeze(window) : frozen;
    return new SealedWindow(
        window, window + options.window().toMillis(), generation, head.frozen(generation));
  }

  /** Freezes what there is now of all windows that reach into [from, to]. */
  void freezeBetween(long from, long to) {
    head.openWindows(from, to).forEach(this::freeze);
  }

  private long freeze(long window) {
    long generation = head.newGeneration(clock.millis());
    try {
      wal.sealed(window, generation, this::preamble);
    } catch (IOException e) {
      throw unavailable(e);
    }
    head.freeze(window, generation);
    updateMetrics();
    return generation;
  }

  void release(SealedWindow window) {
    try {
      wal.released(window.start(), window.generation(), this::preamble);
    } catch (IOException e) {
      throw unavailable(e);
    }
    head.release(window.start(), window.generation(), wal::forget);
    updateMetrics();
  }

  /** For a moment when nothing waits. */
  void idle() {
    try {
      wal.syncIfDue();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private void updateMetrics() {
    metrics.update(head, wal);
  }

  void close() throws IOException {
    wal.close();
  }
}
