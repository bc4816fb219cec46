package io.lookout.app.tsdb;

import io.lookout.model.LookoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Prometheus has not made a block of yet: its write-ahead log with the last checkpoint, and
 * the log of samples that came late. All that {@code chunks_head} holds is in these logs too.
 */
public final class PrometheusHead {
  private static final int SAMPLES = 20_000;

  private final Path data;
  private final List<Path> files;
  private final long minTime;
  private final List<String> problems = new ArrayList<>();

  /** Takes portion after portion. */
  @FunctionalInterface
  public interface Portions<E extends Exception> {
    void take(HeadPortion portion) throws IOException, E;
  }

  private PrometheusHead(Path data, List<Path> files, long minTime) {
    this.data = data;
    this.files = files;
    this.minTime = minTime;
  }

  /**
   * Of a data directory; empty where there is no log. As Prometheus does when it starts, it passes
   * over samples from before the end of the last block that was made in order.
   */
  public static Optional<PrometheusHead> of(Path data, List<PrometheusBlock> blocks)
      throws IOException {
    List<Path> files = new ArrayList<>(LogSegments.of(data.resolve("wal")));
    files.addAll(LogSegments.of(data.resolve("wbl")));
    long minTime =
        blocks.stream()
            .filter(block -> !block.outOfOrder())
            .mapToLong(PrometheusBlock::maxTime)
            .max()
            .orElse(Long.MIN_VALUE);
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(new PrometheusHead(data, files, minTime));
  }

  /** Whether this is the name of one of its parts, there or not. */
  public static boolean isPart(String part) {
    return part.startsWith("wal/") || part.startsWith("wbl/");
  }

  /** Whether the file is there. */
  public boolean has(String part) {
    return files.stream().anyMatch(file -> part(file).equals(part));
  }

  /** Of all files. */
  public long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private String part(Path file) {
    return data.relativize(file).toString().replace('\\', '/');
  }

  /** What was not read, in words for whoever runs the import. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Reads all, or what is behind an earlier portion. A damaged file is read up to the damage, and
   * then the next one.
   *
   * @param part of that portion; empty for all
   * @param records of that portion
   */
  public <E extends Exception> void read(String part, long records, Portions<E> portions)
      throws IOException, E {
    Reading<E> reading = new Reading<>(new HeadCollector(minTime, tombstones()), portions);
    problems.clear();
    boolean skipping = !part.isEmpty();
    for (Path file : files) {
      boolean isPlace = part(file).equals(part);
      skipping &= !isPlace;
      reading.file(file, skipping ? Long.MAX_VALUE : isPlace ? records : 0);
    }
    reading.tell();
  }

  /** Deletions are about samples that the log has before them: they must be known first. */
  private Tombstones tombstones() throws IOException {
    Tombstones tombstones = new Tombstones();
    LogVisitor visitor =
        new LogVisitor() {
          @Override
          public void deleted(long series, long from, long to) {
            tombstones.add(series, from, to);
          }
        };
    for (Path file : files) {
      try (LogSegment segment = new LogSegment(file)) {
        byte[] record = next(segment, file);
        boolean whole = true;
        while (record != null && whole) {
          whole = !LogRecord.isTombstones(record) || visit(record, visitor, file);
          record = next(segment, file);
        }
      }
    }
    return tombstones;
  }

  /** The next record that is whole; null where there is none any more. */
  private byte @Nullable [] next(LogSegment segment, Path file) throws IOException {
    try {
      return segment.next();
    } catch (LookoutException e) {
      problems.add(
          "%s is read up to byte %d of %d: %s"
              .formatted(part(file), segment.position(), segment.size(), e.getMessage()));
      return null;
    }
  }

  private boolean visit(byte[] record, LogVisitor visitor, Path file) {
    try {
      LogRecord.read(record, visitor);
      return true;
    } catch (LookoutException e) {
      problems.add(part(file) + " is read up to a damaged record: " + e.getMessage());
      return false;
    }
  }

  /** One way through all files. */
  private final class Reading<E extends Exception> {
    private final HeadCollector collector;
    private final Portions<E> portions;
    private final long bytes;
    private long bytesBefore;

    Reading(HeadCollector collector, Portions<E> portions) throws IOException {
      this.collector = collector;
      this.portions = portions;
      this.bytes = bytes();
    }

    /**
     * @param skipped how many records are only read for what they define
     */
    void file(Path file, long skipped) throws IOException, E {
      try (LogSegment segment = new LogSegment(file)) {
        long number = 0;
        byte[] record = next(segment, file);
        while (record != null) {
          collector.definitionsOnly(number < skipped);
          number++;
          boolean whole = visit(record, collector, file);
          if (collector.samples() >= SAMPLES) {
            hand(segment, file, number);
          }
          record = whole ? next(segment, file) : null;
        }
        hand(segment, file, Math.max(number, skipped == Long.MAX_VALUE ? 0 : skipped));
        bytesBefore += segment.size();
      }
    }

    private void hand(LogSegment segment, Path file, long records) throws IOException, E {
      int samples = collector.samples();
      double progress = (double) (bytesBefore + segment.position()) / Math.max(1, bytes);
      List<HeadPortion.HeadSeries> series = collector.take();
      if (!series.isEmpty()) {
        portions.take(new HeadPortion(series, samples, part(file), records, progress));
      }
    }

    void tell() {
      if (collector.unknownSeries() > 0) {
        problems.add(
            collector.unknownSeries() + " samples are of series that the log does not tell of");
      }
      if (collector.unknownRecords() > 0) {
        problems.add(
            collector.unknownRecords() + " records are of types that only later versions know");
      }
    }
  }
}
