package io.lookout.storage.head;

import io.lookout.model.Labels;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** One select over the series of a tenant. */
final class HeadSelect {
  /** So many series are read in some microseconds. */
  private static final int GLANCE = 32;

  private final SelectRequest request;
  private final Postings postings;
  private final SeriesTable table;
  private final HeadScratch scratch;

  HeadSelect(SelectRequest request, Postings postings, SeriesTable table, HeadScratch scratch) {
    this.request = request;
    this.postings = postings;
    this.table = table;
    this.scratch = scratch;
  }

  /** References to the chunks of the series that match. */
  List<SeriesChunks> all() {
    return chunks(matching());
  }

  /** The same, or null where more series than so many match. */
  @Nullable List<SeriesChunks> atMost(int series) {
    RoaringBitmap found = matching();
    return found.getLongCardinality() > series ? null : chunks(found);
  }

  /** The same, where a few series have to be looked up and nothing is to be packed; else null. */
  @Nullable List<SeriesChunks> atGlance() {
    if (!MatchingSeries.isLookUp(request.matchers())) {
      return null;
    }
    RoaringBitmap found = matching();
    return found.getLongCardinality() > GLANCE || !areReadAsTheyAre(found) ? null : chunks(found);
  }

  private boolean areReadAsTheyAre(RoaringBitmap found) {
    PeekableIntIterator slots = found.getIntIterator();
    while (slots.hasNext()) {
      Series series = table.at(slots.next());
      if (series != null && !series.isReadAsIs()) {
        return false;
      }
    }
    return true;
  }

  private RoaringBitmap matching() {
    return new MatchingSeries(postings, this::labels).find(request.matchers());
  }

  private List<SeriesChunks> chunks(RoaringBitmap found) {
    ChunkAnswer answer = new ChunkAnswer(request, scratch);
    PeekableIntIterator slots = found.getIntIterator();
    while (slots.hasNext()) {
      Series series = table.at(slots.next());
      if (series != null) {
        answer.add(series);
      }
    }
    return answer.series();
  }

  private Labels labels(int slot) {
    Series series = table.at(slot);
    return series == null ? Labels.EMPTY : series.key.labels();
  }
}
