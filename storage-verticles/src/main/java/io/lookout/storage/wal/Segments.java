package io.lookout.storage.wal;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.histogram.NativeHistogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a log, the oldest first, and which windows each is still needed for. */
final class Segments {
  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

  private final Path directory;
  private final long window;
  private final LogFiles files;
  private final Deque<Segment> segments = new ArrayDeque<>();

  Segments(Path directory, long window, LogFiles files) {
    this.directory = directory;
    this.window = window;
    this.files = files;
  }

  /** The start of the window that the time is in. */
  long windowOf(long time) {
    long start = time - Math.floorMod(time, window);
    return start > time ? Long.MIN_VALUE : start;
  }

  /** Reads all files of the directory. */
  WalReplay replay(WalVisitor visitor) throws IOException {
    WalReplay total = WalReplay.NOTHING;
    long before = 0;
    for (long number : numbers()) {
      Segment old = new Segment(directory, number);
      if (before != 0 && number > before + 1) {
        total = total.plus(missing(before + 1, number - 1));
      }
      before = number;
      segments.add(old);
      total = total.plus(old.replay(new Tracker(old, visitor)));
    }
    return total;
  }

  /** Segments are deleted from the oldest on, so none can be missing between others. */
  private WalReplay missing(long first, long last) {
    int count = (int) Math.min(last - first + 1, Integer.MAX_VALUE);
    LOG.error(
        "{}: {} segments of the log are missing, {} to {}. Samples in them are lost unless their"
            + " windows are in the block store; if somebody has moved them, stop, put them back,"
            + " and start again",
        directory,
        count,
        Segment.file(directory, first).getFileName(),
        Segment.file(directory, last).getFileName());
    return new WalReplay(0, 0, 0, 0, 0, count);
  }

  private List<Long> numbers() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(Segment::number)
          .filter(OptionalLong::isPresent)
          .map(OptionalLong::getAsLong)
          .sorted()
          .toList();
    }
  }

  void add(Segment segment) {
    segments.add(segment);
  }

  void remove(Segment segment) {
    segments.remove(segment);
  }

  void sealed(long start, long generation) {
    segments.forEach(each -> each.windows.sealed(start, generation));
  }

  void released(long start, long generation) {
    segments.forEach(each -> each.windows.released(start, generation));
  }

  /** From the oldest on: a younger one may hold what says that an older one's samples are gone. */
  void dropUnneeded(@Nullable Segment current) {
    while (!segments.isEmpty()
        && segments.getFirst() != current
        && segments.getFirst().windows.isEmpty()
        && delete(segments.getFirst())) {
      segments.removeFirst();
    }
  }

  private boolean delete(Segment unneeded) {
    try {
      files.delete(unneeded.file);
      return true;
    } catch (IOException e) {
      LOG.warn("{} is not needed any more, but cannot be deleted", unneeded.file, e);
      return false;
    }
  }

  /** The number of the newest, 0 where there is none. */
  long lastNumber() {
    return segments.isEmpty() ? 0 : segments.getLast().number;
  }

  long bytes() {
    long sum = 0;
    for (Segment each : segments) {
      sum += each.bytes;
    }
    return sum;
  }

  int count() {
    return segments.size();
  }

  /** Keeps account of the windows of a segment while it is replayed. */
  private final class Tracker implements WalVisitor {
    private final Segment replayed;
    private final WalVisitor visitor;

    Tracker(Segment replayed, WalVisitor visitor) {
      this.replayed = replayed;
      this.visitor = visitor;
    }

    @Override
    public int series(SeriesKey key) {
      return visitor.series(key);
    }

    @Override
    public void sample(
        int ref, long time, double value, @Nullable NativeHistogram histogram, long startTime) {
      replayed.windows.touch(windowOf(time));
      visitor.sample(ref, time, value, histogram, startTime);
    }

    @Override
    public void exemplar(int ref, Exemplar exemplar) {
      visitor.exemplar(ref, exemplar);
    }

    @Override
    public void metadata(String tenant, MetricMetadata entry) {
      visitor.metadata(tenant, entry);
    }

    @Override
    public void sealed(long start, long generation) {
      Segments.this.sealed(start, generation);
      visitor.sealed(start, generation);
    }

    @Override
    public void released(long start, long generation) {
      Segments.this.released(start, generation);
      visitor.released(start, generation);
    }

    @Override
    public void generation(long generation) {
      visitor.generation(generation);
    }
  }
}
