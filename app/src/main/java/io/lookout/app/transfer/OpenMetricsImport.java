package io.lookout.app.transfer;

import io.lookout.app.test.WriteRequest;
import io.lookout.ingest.exposition.ExpositionParser.Entry;
import io.lookout.ingest.exposition.OpenMetricsParser;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file of OpenMetrics text, some thousand lines at a time. After each portion that the instance
 * has acknowledged, its end is written to {@code FILE.imported}; a portion that was written but not
 * noted is written again, which changes nothing.
 */
final class OpenMetricsImport {
  private static final int PORTION_BYTES = 2 << 20;
  private static final int LONGEST_LINE = 1 << 20;
  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

  private final Path file;
  private final Path noted;
  private final RemoteWriter writer;
  private final PrintWriter out;
  private final ProgressBar bar;
  private final OpenMetricsParser parser = new OpenMetricsParser(new StringPool());
  private final LabelPairs pairs = new LabelPairs();
  private long samples;
  private boolean ended;

  OpenMetricsImport(Path file, RemoteWriter writer, PrintWriter out) {
    this.file = file;
    this.noted = file.resolveSibling(file.getFileName() + ".imported");
    this.writer = writer;
    this.out = out;
    this.bar = new ProgressBar(out);
  }

  /** How many samples were written now. */
  long run() throws IOException, ImportException {
    long size = Files.size(file);
    long at = alreadyImported(size);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      in.skipNBytes(at);
      byte[] portion = portion(in);
      while (portion.length > 0) {
        write(portion, at);
        at += portion.length;
        note(at);
        bar.show((double) at / size, samples);
        portion = portion(in);
      }
    } finally {
      bar.end();
    }
    if (!ended && at == size && !endsProperly(size)) {
      throw new ImportException(
          file + " has no \"# EOF\" at its end and has been cut; what it has is imported");
    }
    Files.deleteIfExists(noted);
    return samples;
  }

  private long alreadyImported(long size) throws IOException, ImportException {
    if (!Files.exists(noted)) {
      return 0;
    }
    try {
      long at = Long.parseLong(Files.readString(noted).strip());
      if (at >= 0 && at <= size) {
        out.println("Goes on at byte " + at + " of " + size);
        return at;
      }
    } catch (NumberFormatException e) {
      throw new ImportException(noted + " holds no number; delete it to begin anew");
    }
    throw new ImportException(noted + " is of another file; delete it to begin anew");
  }

  private void note(long at) throws IOException {
    Path next = noted.resolveSibling(noted.getFileName() + ".next");
    Files.writeString(next, Long.toString(at));
    Files.move(next, noted, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private boolean endsProperly(long size) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(Math.max(0, size - END.length));
      String end = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return end.strip().endsWith("# EOF");
    }
  }

  /** Whole lines. */
  private byte[] portion(InputStream in) throws IOException, ImportException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(PORTION_BYTES + 4096);
    int c = in.read();
    while (c >= 0) {
      lines.write(c);
      if (c == '\n' && lines.size() >= PORTION_BYTES) {
        break;
      }
      if (lines.size() > PORTION_BYTES + LONGEST_LINE) {
        throw new ImportException(file + " has a line of more than " + LONGEST_LINE + " bytes");
      }
      c = in.read();
    }
    return lines.toByteArray();
  }

  private void write(byte[] portion, long at) throws ImportException {
    Map<Labels, SampleColumns> series = new TreeMap<>(Labels.ORDER);
    try {
      parse(portion, series);
    } catch (LookoutException e) {
      throw new ImportException(file + ", in the lines from byte " + at + " on: " + e.getMessage());
    }
    if (!series.isEmpty()) {
      WriteRequest request = new WriteRequest();
      series.forEach(request::add);
      writer.write(request);
    }
    series.values().forEach(columns -> samples += columns.size);
  }

  private void parse(byte[] portion, Map<Labels, SampleColumns> series) {
    String text =
        new String(
            portion,
            Math.max(0, portion.length - 16),
            Math.min(16, portion.length),
            StandardCharsets.UTF_8);
    ended = text.strip().endsWith("# EOF");
    byte[] whole = ended ? portion : withEnd(portion);
    parser.reset(whole, 0, whole.length);
    Entry entry = parser.next();
    while (entry != Entry.END) {
      if (entry == Entry.SAMPLE) {
        SampleColumns columns = series.computeIfAbsent(labels(), labels -> new SampleColumns(16));
        columns.add(time(), parser.value());
      }
      entry = parser.next();
    }
  }

  private static byte[] withEnd(byte[] portion) {
    boolean line = portion[portion.length - 1] == '\n';
    ByteArrayOutputStream whole = new ByteArrayOutputStream(portion.length + 1 + END.length);
    whole.writeBytes(portion);
    if (!line) {
      whole.write('\n');
    }
    whole.writeBytes(END);
    return whole.toByteArray();
  }

  private long time() {
    if (!parser.isTimed()) {
      throw new LookoutException(ErrorCode.BAD_DATA, "a sample has no time: " + labels());
    }
    return parser.time();
  }

  private Labels labels() {
    pairs.clear();
    parser.labels(pairs);
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    for (int i = 0; i < pairs.size(); i++) {
      labels.set(pairs.name(i), pairs.value(i));
    }
    return labels.build();
  }
}
