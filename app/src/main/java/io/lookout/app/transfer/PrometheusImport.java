package io.lookout.app.transfer;

import io.lookout.app.tsdb.HeadPortion;
import io.lookout.app.tsdb.PrometheusBlock;
import io.lookout.app.tsdb.PrometheusHead;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of a Prometheus, the oldest first, series after series, and then its log. After each
 * portion that the instance has acknowledged, the block and the number of its series are noted, or
 * the file of the log and the number of its records; what was written but not noted is written
 * again, which changes nothing.
 */
final class PrometheusImport {
  private static final ImportProgress.Place BEGINNING = new ImportProgress.Place("", 0);

  /** About, compressed. */
  private static final int BYTES_A_LOGGED_SAMPLE = 6;

  private final Path data;
  private final ImportProgress progress;
  private final SamplePortion portion;
  private final PrintWriter out;
  private final ProgressBar bar;

  /** About how many samples there are, for the bar: those of blocks, and those of the log. */
  private long total;

  private long logged;
  private long passed;

  PrometheusImport(Path data, ImportProgress progress, RemoteWriter writer, PrintWriter out) {
    this.data = data;
    this.progress = progress;
    this.portion = new SamplePortion(writer);
    this.out = out;
    this.bar = new ProgressBar(out);
  }

  /** How many samples were written now. */
  long run() throws IOException, ImportException {
    List<PrometheusBlock> blocks = Files.isDirectory(data) ? PrometheusBlock.in(data) : List.of();
    Optional<PrometheusHead> head = PrometheusHead.of(data, blocks);
    if (blocks.isEmpty() && head.isEmpty()) {
      throw new ImportException(
          data
              + " has no blocks and no log: it must be the data directory of a Prometheus, or a"
              + " snapshot");
    }
    total = blocks.stream().mapToLong(PrometheusBlock::samples).sum();
    if (head.isPresent()) {
      logged = head.get().bytes() / BYTES_A_LOGGED_SAMPLE;
      total += logged;
    }
    ImportProgress.Place ended = progress.read().orElse(BEGINNING);
    requireKnown(ended.part(), blocks, head);
    boolean skipping = !ended.equals(BEGINNING);
    for (PrometheusBlock block : blocks) {
      boolean isPlace = block.name().equals(ended.part());
      if (skipping && !isPlace) {
        passed += block.samples();
        continue;
      }
      skipping = false;
      write(block, isPlace ? ended.done() : 0);
    }
    if (head.isPresent()) {
      write(head.get(), PrometheusHead.isPart(ended.part()) ? ended : BEGINNING);
    }
    bar.end();
    progress.forget();
    return portion.written();
  }

  private void requireKnown(
      String part, List<PrometheusBlock> blocks, Optional<PrometheusHead> head)
      throws ImportException {
    boolean known =
        part.isEmpty()
            || blocks.stream().anyMatch(block -> block.name().equals(part))
            || (head.isPresent() && head.get().has(part));
    if (!known) {
      throw new ImportException(
          progress.file()
              + " names "
              + part
              + ", which is not in "
              + data
              + " any more; delete it to begin anew: what is there already stays as it is");
    }
  }

  private void write(PrometheusBlock block, long from) throws IOException, ImportException {
    if (from > 0) {
      out.println("Goes on in block " + block.name() + " at series " + from);
    }
    long begun = portion.written();
    try {
      block.<ImportException>read(
          from,
          (number, labels, samples) -> {
            portion.add(labels, samples);
            if (portion.isFull()) {
              portion.write();
              progress.note(new ImportProgress.Place(block.name(), number + 1));
              bar.show(fraction(portion.written() - begun), portion.written());
            }
          });
    } catch (LookoutException e) {
      throw new ImportException("block " + block.directory() + ": " + e.getMessage());
    }
    portion.write();
    progress.note(new ImportProgress.Place(block.name(), Long.MAX_VALUE / 10));
    passed += block.samples();
    bar.show(fraction(0), portion.written());
  }

  /** The log: what is not in a block yet. */
  private void write(PrometheusHead head, ImportProgress.Place from)
      throws IOException, ImportException {
    if (!from.part().isEmpty()) {
      out.println("Goes on in " + from.part() + " at record " + from.done());
    }
    head.<ImportException>read(
        from.part(),
        from.done(),
        some -> {
          for (HeadPortion.HeadSeries series : some.series()) {
            portion.add(series);
            if (portion.isFull()) {
              portion.write();
            }
          }
          portion.write();
          progress.note(new ImportProgress.Place(some.part(), some.records()));
          bar.show(fraction((long) (some.progress() * logged)), portion.written());
        });
    passed += logged;
    bar.show(fraction(0), portion.written());
    head.problems().forEach(problem -> out.println("Not read: " + problem));
  }

  private double fraction(long ofPart) {
    return total == 0 ? 1 : (double) (passed + ofPart) / total;
  }
}
