package io.lookout.app.transfer;

import io.lookout.app.tsdb.PrometheusBlock;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of a Prometheus, the oldest first, series after series. After each portion that the
 * instance has acknowledged, the block and the number of its series are noted; what was written but
 * not noted is written again, which changes nothing.
 */
final class PrometheusImport {
  private final Path data;
  private final ImportProgress progress;
  private final SamplePortion portion;
  private final PrintWriter out;
  private final ProgressBar bar;
  private long total;
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
    List<PrometheusBlock> blocks = blocks();
    total = blocks.stream().mapToLong(PrometheusBlock::samples).sum();
    Optional<ImportProgress.Place> ended = progress.read();
    boolean skipping = ended.isPresent();
    for (PrometheusBlock block : blocks) {
      boolean isPlace = ended.isPresent() && block.name().equals(ended.get().part());
      if (skipping && !isPlace) {
        passed += block.samples();
        continue;
      }
      skipping = false;
      write(block, isPlace ? ended.get().done() : 0);
    }
    if (skipping) {
      throw new ImportException(
          progress.file()
              + " names a block that is not in "
              + data
              + " any more; delete it to begin anew: what is there already stays as it is");
    }
    bar.end();
    progress.forget();
    return portion.written();
  }

  private List<PrometheusBlock> blocks() throws IOException, ImportException {
    List<PrometheusBlock> blocks = Files.isDirectory(data) ? PrometheusBlock.in(data) : List.of();
    if (blocks.isEmpty()) {
      throw new ImportException(
          data + " has no blocks: it must be the data directory of a Prometheus, or a snapshot");
    }
    if (Files.isDirectory(data.resolve("wal"))) {
      out.println(
          "The newest samples, which are in wal/ and not in a block yet, are not read. For them,"
              + " take a snapshot (POST /api/v1/admin/tsdb/snapshot) and import that, or import"
              + " from the URL of the Prometheus.");
    }
    return blocks;
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

  private double fraction(long ofBlock) {
    return total == 0 ? 1 : (double) (passed + ofBlock) / total;
  }
}
