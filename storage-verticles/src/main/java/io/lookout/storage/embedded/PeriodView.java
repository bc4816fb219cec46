package io.lookout.storage.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some indices as they are now: whoever looks twice sees the same, whatever is put, merged or
 * deleted in between. Used by one thread, and closed by it.
 */
final class PeriodView implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodView.class);

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(PeriodIndex index, IndexSearcher searcher) {}

  /** Adds an index, unless it was dropped meanwhile. */
  void add(PeriodIndex index) throws IOException {
    try {
      entries.add(new Entry(index, index.acquire()));
    } catch (AlreadyClosedException e) {
      LOG.debug("Index {} was dropped meanwhile", index.path(), e);
    }
  }

  /** What is done with one index. */
  @FunctionalInterface
  interface Visit {
    void in(IndexSearcher searcher) throws IOException;
  }

  /** Visits the indices in the order in which they were added. */
  void each(Visit visit) throws IOException {
    for (Entry entry : entries) {
      visit.in(entry.searcher());
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Entry entry : entries) {
      try {
        entry.index().giveBack(entry.searcher());
      } catch (IOException e) {
        failure = e;
      }
    }
    entries.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
