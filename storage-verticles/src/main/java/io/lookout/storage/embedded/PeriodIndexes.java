package io.lookout.storage.embedded;

import io.lookout.cluster.files.NewDirectories;
import io.lookout.storage.block.Block;
import io.lookout.storage.embedded.PeriodIndex.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All indices of the store, each in a directory named by the start of its rollover period.
 * Searching is thread-safe; what writes is called by one thread at a time.
 */
final class PeriodIndexes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodIndexes.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Late data may write to old periods: so many writers are kept open at once. */
  private static final int MAX_WRITERS = 4;

  private final Path directory;
  private final long periodMillis;
  private final ConcurrentSkipListMap<Long, PeriodIndex> byStart = new ConcurrentSkipListMap<>();
  private final SequencedMap<Long, PeriodIndex> writing = new LinkedHashMap<>();

  PeriodIndexes(Path directory, Duration period) throws IOException {
    this.directory = directory;
    this.periodMillis = period.toMillis();
    NewDirectories.make(directory, names -> IOUtils.fsync(names, true));
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : children.filter(Files::isDirectory).sorted().toList()) {
        open(child);
      }
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(byStart.values());
      throw e;
    }
  }

  private void open(Path child) throws IOException {
    long start;
    try {
      start = NAME.parse(child.getFileName().toString(), Instant::from).toEpochMilli();
    } catch (DateTimeParseException e) {
      LOG.warn("{} is not an index of the block store and is left alone", child);
      return;
    }
    try {
      byStart.put(start, new PeriodIndex(child));
    } catch (org.apache.lucene.index.CorruptIndexException e) {
      Path aside = child.resolveSibling(child.getFileName() + ".damaged");
      LOG.error("Index {} cannot be read and is moved to {}: its data is missing", child, aside, e);
      Files.move(child, aside);
    }
  }

  /** Keeps the blocks, each in the index of its window. */
  void put(List<Block> blocks) throws IOException {
    Map<Long, List<Block>> byPeriod = new TreeMap<>();
    for (Block block : blocks) {
      long start = Math.floorDiv(block.windowStart(), periodMillis) * periodMillis;
      byPeriod.computeIfAbsent(start, s -> new ArrayList<>()).add(block);
    }
    for (Map.Entry<Long, List<Block>> period : byPeriod.entrySet()) {
      PeriodIndex index = index(period.getKey());
      touch(period.getKey(), index);
      index.put(period.getValue());
    }
  }

  /** Visits the indices of the periods in which windows of [from, to) begin. */
  void eachPeriod(long from, long to, PeriodVisit visit) throws IOException {
    for (Map.Entry<Long, PeriodIndex> entry : byStart.entrySet()) {
      if (entry.getKey() < to && entry.getKey() + periodMillis > from) {
        search(
            entry.getValue(),
            searcher -> {
              visit.in(entry.getKey(), searcher);
              return true;
            });
      }
    }
  }

  /** What is done with a view of an index whose period begins then. */
  @FunctionalInterface
  interface PeriodVisit {
    void in(long start, IndexSearcher searcher) throws IOException;
  }

  /** Takes blocks of one period away. */
  void delete(long start, Collection<String> ids) throws IOException {
    PeriodIndex index = byStart.get(start);
    if (index != null) {
      touch(start, index);
      index.delete(ids);
    }
  }

  /** Packs the indices of the periods in which windows of [from, to) begin. */
  void pack(long from, long to) throws IOException {
    for (Map.Entry<Long, PeriodIndex> entry : byStart.entrySet()) {
      if (entry.getKey() < to && entry.getKey() + periodMillis > from) {
        writing.remove(entry.getKey());
        entry.getValue().pack();
      }
    }
  }

  private PeriodIndex index(long start) throws IOException {
    PeriodIndex index = byStart.get(start);
    if (index == null) {
      Path path = directory.resolve(NAME.format(Instant.ofEpochMilli(start)));
      index = new PeriodIndex(path);
      IOUtils.fsync(directory, true);
      byStart.put(start, index);
    }
    return index;
  }

  private void touch(long start, PeriodIndex index) throws IOException {
    writing.putLast(start, index);
    if (writing.size() > MAX_WRITERS) {
      writing.pollFirstEntry().getValue().rest();
    }
  }

  /** Copies all indices to a directory, by links to files where the file system has them. */
  void copyTo(Path copy) throws IOException {
    rest();
    for (PeriodIndex index : byStart.values()) {
      index.copyTo(copy.resolve(index.path().getFileName()));
    }
    IOUtils.fsync(copy, true);
  }

  /** Lets all writers go: for when nothing has been written for a while. */
  void rest() throws IOException {
    while (!writing.isEmpty()) {
      writing.pollFirstEntry().getValue().rest();
    }
  }

  /** Whether any index has samples in [minTime, maxTime]: known without touching a disk. */
  boolean mayHave(long minTime, long maxTime) {
    for (PeriodIndex index : byStart.values()) {
      if (index.span().overlaps(minTime, maxTime)) {
        return true;
      }
    }
    return false;
  }

  /** The indices that have samples in [minTime, maxTime], the oldest first. */
  PeriodView view(long minTime, long maxTime) throws IOException {
    PeriodView view = new PeriodView();
    try {
      for (PeriodIndex index : byStart.values()) {
        if (index.span().overlaps(minTime, maxTime)) {
          view.add(index);
        }
      }
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(view);
      throw e;
    }
    return view;
  }

  /** Searches the indices that have samples in [minTime, maxTime], the oldest first. */
  void search(long minTime, long maxTime, PeriodView.Visit visit) throws IOException {
    try (PeriodView view = view(minTime, maxTime)) {
      view.each(visit);
    }
  }

  private static void search(PeriodIndex index, Search<Boolean> search) throws IOException {
    try {
      index.search(search);
    } catch (AlreadyClosedException e) {
      LOG.debug("Index {} was dropped meanwhile", index.path(), e);
    }
  }

  /** Deletes the indices all of whose samples are older. */
  void dropBefore(long time) throws IOException {
    for (Map.Entry<Long, PeriodIndex> entry : byStart.entrySet()) {
      PeriodIndex index = entry.getValue();
      boolean written = entry.getKey() + periodMillis > time;
      if (index.span().maxTime() < time && !written) {
        byStart.remove(entry.getKey());
        writing.remove(entry.getKey());
        index.delete();
        LOG.info("Dropped index {}: all of it is past retention", index.path().getFileName());
      }
    }
  }

  int count() {
    return byStart.size();
  }

  long blocks() throws IOException {
    long blocks = 0;
    for (PeriodIndex index : byStart.values()) {
      blocks += index.search(searcher -> searcher.getIndexReader().numDocs());
    }
    return blocks;
  }

  long bytesOnDisk() throws IOException {
    long bytes = 0;
    for (PeriodIndex index : byStart.values()) {
      bytes += index.bytesOnDisk();
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    writing.clear();
    IOUtils.close(byStart.values());
  }
}
