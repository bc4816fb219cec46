package io.lookout.storage.embedded;

import io.lookout.storage.block.Block;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks of one rollover period. Searching is thread-safe; what writes is called by one thread
 * at a time. The writer is open only while there is something to write.
 */
final class PeriodIndex implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodIndex.class);

  private final Path path;
  private final Directory directory;
  private final SearcherManager searchers;
  private @Nullable IndexWriter writer;
  private volatile Span span;

  /** The times of the samples inside, ms; empty where min is above max. */
  record Span(long minTime, long maxTime) {
    private static final Span EMPTY = new Span(Long.MAX_VALUE, Long.MIN_VALUE);

    boolean overlaps(long from, long to) {
      return minTime <= to && maxTime >= from;
    }
  }

  /** Opens the index, which is made where it is missing. */
  PeriodIndex(Path path) throws IOException {
    this.path = path;
    this.directory = MMapDirectory.open(path);
    try {
      if (!DirectoryReader.indexExists(directory)) {
        new IndexWriter(directory, config()).close();
      }
      this.searchers = new SearcherManager(directory, new WithoutCaches());
      this.span = readSpan();
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(directory);
      throw e;
    }
  }

  /** Blocks are found by few clauses, and the page cache knows them: nothing else need remember. */
  private static final class WithoutCaches extends SearcherFactory {
    @Override
    public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      return searcher;
    }
  }

  /**
   * Large segments are left as they are: merging copies bytes that are packed already, and saves
   * little more than terms.
   */
  private static IndexWriterConfig config() {
    TieredMergePolicy merges = new TieredMergePolicy();
    merges.setMaxMergedSegmentMB(512);
    ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
    scheduler.setMaxMergesAndThreads(2, 1);
    return new IndexWriterConfig()
        .setMergePolicy(merges)
        .setMergeScheduler(scheduler)
        .setRAMBufferSizeMB(32)
        .setUseCompoundFile(true)
        .setCommitOnClose(true);
  }

  Span span() {
    return span;
  }

  Path path() {
    return path;
  }

  /** Keeps the blocks: on disk and searchable when this returns. */
  void put(List<Block> blocks) throws IOException {
    write(open -> {
      for (Block block : blocks) {
        open.updateDocument(BlockFields.idTerm(block.id()), BlockFields.document(block));
      }
    });
  }

  /** Takes blocks away: from disk and from searches when this returns. */
  void delete(Collection<String> ids) throws IOException {
    write(open -> open.deleteDocuments(ids.stream().map(BlockFields::idTerm).toArray(Term[]::new)));
  }

  /** Puts all into one segment: nothing of what was deleted is left on disk. */
  void pack() throws IOException {
    write(open -> open.forceMerge(1));
    rest();
  }

  /** Something done with the writer. */
  @FunctionalInterface
  private interface Change {
    void in(IndexWriter writer) throws IOException;
  }

  private void write(Change change) throws IOException {
    IndexWriter open = writer();
    try {
      change.in(open);
      open.commit();
    } catch (IOException | RuntimeException e) {
      // What was added but not committed must not come back with a later commit of other blocks.
      writer = null;
      IOUtils.closeWhileHandlingException(open::rollback);
      throw e;
    }
    refresh();
  }

  private IndexWriter writer() throws IOException {
    IndexWriter open = writer;
    if (open == null) {
      open = new IndexWriter(directory, config());
      writer = open;
    }
    return open;
  }

  private void refresh() throws IOException {
    searchers.maybeRefreshBlocking();
    span = readSpan();
  }

  private Span readSpan() throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      byte[] min = PointValues.getMinPackedValue(searcher.getIndexReader(), BlockFields.MIN_TIME);
      byte[] max = PointValues.getMaxPackedValue(searcher.getIndexReader(), BlockFields.MAX_TIME);
      return min == null || max == null ? Span.EMPTY : new Span(time(min), time(max));
    } finally {
      searchers.release(searcher);
    }
  }

  private static long time(byte[] packed) {
    return org.apache.lucene.document.LongPoint.decodeDimension(packed, 0);
  }

  /** Lets the writer go, merges finished and on disk. */
  void rest() throws IOException {
    IndexWriter open = writer;
    if (open != null) {
      writer = null;
      open.close();
      refresh();
    }
  }

  /** The view of now, which stays the same until it is given back. */
  IndexSearcher acquire() throws IOException {
    return searchers.acquire();
  }

  void giveBack(IndexSearcher view) throws IOException {
    searchers.release(view);
  }

  /** Something done with a view of the index. */
  @FunctionalInterface
  interface Search<T> {
    T in(IndexSearcher searcher) throws IOException;
  }

  <T> T search(Search<T> search) throws IOException {
    IndexSearcher searcher = acquire();
    try {
      return search.in(searcher);
    } finally {
      giveBack(searcher);
    }
  }

  /** Files and bytes that the current view does not need are counted too. */
  long bytesOnDisk() throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      Path each = path.resolve(file);
      bytes += Files.exists(each) ? Files.size(each) : 0;
    }
    return bytes;
  }

  /** Files of an index never change once they are written, so that a link is a copy. */
  void copyTo(Path copy) throws IOException {
    rest();
    Files.createDirectories(copy);
    for (String file : directory.listAll()) {
      if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
        link(copy.resolve(file), path.resolve(file));
      }
    }
    IOUtils.fsync(copy, true);
  }

  private static void link(Path copy, Path file) throws IOException {
    try {
      Files.createLink(copy, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      LOG.debug("{} cannot be linked and is copied", file, e);
      Files.copy(file, copy);
    }
  }

  /** Searches under way see the index until they have finished. */
  void delete() throws IOException {
    close();
    try (Stream<Path> files = Files.list(path)) {
      IOUtils.deleteFilesIfExist(files.toList());
    }
    Files.delete(path);
  }

  @Override
  public void close() throws IOException {
    IndexWriter open = writer;
    writer = null;
    IOUtils.close(open, searchers, directory);
  }
}
