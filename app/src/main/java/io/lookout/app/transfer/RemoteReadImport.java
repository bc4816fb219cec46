package io.lookout.app.transfer;

import io.lookout.model.Matcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What another system answers to remote read, a slice of time after the other, the oldest first.
 * After each slice that the instance has acknowledged, its end is noted.
 */
final class RemoteReadImport {
  private static final String TIME = "time";

  private final RemoteReader reader;
  private final List<Matcher> matchers;
  private final long slice;
  private final ImportProgress progress;
  private final SamplePortion portion;
  private final PrintWriter out;

  /**
   * @param slice how much time is asked for at once, ms
   */
  RemoteReadImport(
      RemoteReader reader,
      List<Matcher> matchers,
      long slice,
      ImportProgress progress,
      RemoteWriter writer,
      PrintWriter out) {
    this.reader = reader;
    this.matchers = matchers;
    this.slice = slice;
    this.progress = progress;
    this.portion = new SamplePortion(writer);
    this.out = out;
  }

  /**
   * How many samples were written now.
   *
   * @param start ms, inclusive
   * @param end ms, exclusive
   */
  long run(long start, long end) throws IOException, ImportException {
    long from = begin(start, end);
    ProgressBar bar = new ProgressBar(out);
    while (from < end) {
      long next = Math.min(end, (Math.floorDiv(from, slice) + 1) * slice);
      reader.read(
          matchers,
          from,
          next - 1,
          (labels, samples) -> {
            portion.add(labels, samples);
            if (portion.isFull()) {
              portion.write();
            }
          });
      portion.write();
      from = next;
      progress.note(new ImportProgress.Place(TIME, from));
      bar.show((double) (from - start) / (end - start), portion.written());
    }
    bar.end();
    progress.forget();
    return portion.written();
  }

  private long begin(long start, long end) throws IOException, ImportException {
    Optional<ImportProgress.Place> ended = progress.read();
    if (ended.isEmpty()) {
      return start;
    }
    long from = ended.get().done();
    if (!ended.get().part().equals(TIME) || from < start || from > end) {
      throw new ImportException(
          progress.file() + " is of another import or another time; delete it to begin anew");
    }
    out.println("Goes on at " + Instant.ofEpochMilli(from));
    return from;
  }
}
