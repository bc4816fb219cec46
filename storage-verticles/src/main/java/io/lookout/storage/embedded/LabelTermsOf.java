package io.lookout.storage.embedded;

import io.lookout.model.Label;
import io.lookout.storage.block.LabelMerge;
import io.lookout.storage.block.LabelTerm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Label names and values from the terms of an index, of the blocks that a query finds. A segment
 * all of whose blocks are found, the usual case, is answered from its term dictionary alone.
 *
 * <p>Methods return false where a term is cut, so that only label tables know the whole answer.
 */
final class LabelTermsOf {
  private final LabelMerge merge;
  private final List<Segment> segments = new ArrayList<>();

  /** A segment and the blocks of it that are wanted. */
  private static final class Segment {
    private final LeafReader reader;
    private final FixedBitSet found;
    private final boolean whole;
    private @Nullable PostingsEnum postings;

    /**
     * @param whole whether these are all that the segment has
     */
    Segment(LeafReader reader, FixedBitSet found, boolean whole) {
      this.reader = reader;
      this.found = found;
      this.whole = whole;
    }

    boolean has(TermsEnum terms) throws IOException {
      if (whole) {
        return true;
      }
      PostingsEnum docs = terms.postings(postings, PostingsEnum.NONE);
      postings = docs;
      for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
        if (found.get(doc)) {
          return true;
        }
      }
      return false;
    }
  }

  LabelTermsOf(IndexSearcher searcher, Query blocks, LabelMerge merge) throws IOException {
    this.merge = merge;
    Weight weight = BlockVisit.weight(searcher, blocks);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        segments.add(segment(leaf.reader(), scorer.iterator()));
      }
    }
  }

  private static Segment segment(LeafReader reader, DocIdSetIterator docs) throws IOException {
    FixedBitSet found = new FixedBitSet(reader.maxDoc());
    found.or(docs);
    Bits live = reader.getLiveDocs();
    for (int doc = 0; live != null && doc < reader.maxDoc(); doc++) {
      if (!live.get(doc)) {
        found.clear(doc);
      }
    }
    return new Segment(reader, found, found.cardinality() == reader.maxDoc());
  }

  boolean names() throws IOException {
    for (Segment segment : segments) {
      Terms labels = segment.reader.terms(BlockFields.LABELS);
      if (labels != null && !namesOf(segment, labels.iterator())) {
        return false;
      }
      Terms metrics = segment.reader.terms(BlockFields.METRIC);
      if (metrics != null && hasMetric(segment, metrics.iterator())) {
        merge.add(Label.METRIC_NAME);
      }
    }
    return true;
  }

  /** Looks at the first term of a name that a wanted block has, and leaps to the next name. */
  private boolean namesOf(Segment segment, TermsEnum terms) throws IOException {
    BytesRef term = terms.next();
    while (term != null) {
      if (!segment.has(terms)) {
        term = terms.next();
        continue;
      }
      String name = LabelTerm.name(term.utf8ToString());
      if (LabelTerm.isCutName(name)) {
        return false;
      }
      merge.add(name);
      term = after(terms, LabelTerm.prefix(name));
    }
    return true;
  }

  /** The first term after all that begin with the prefix, whose last character is {@code =}. */
  private static @Nullable BytesRef after(TermsEnum terms, String prefix) throws IOException {
    String next = prefix.substring(0, prefix.length() - 1) + (char) ('=' + 1);
    return terms.seekCeil(new BytesRef(next)) == TermsEnum.SeekStatus.END ? null : terms.term();
  }

  private static boolean hasMetric(Segment segment, TermsEnum terms) throws IOException {
    for (BytesRef term = terms.next(); term != null; term = terms.next()) {
      if (term.length > 0 && segment.has(terms)) {
        return true;
      }
    }
    return false;
  }

  boolean metrics() throws IOException {
    return values(BlockFields.METRIC, "");
  }

  boolean values(String name) throws IOException {
    return !LabelTerm.isCutName(name) && values(BlockFields.LABELS, LabelTerm.prefix(name));
  }

  private boolean values(String field, String prefixText) throws IOException {
    BytesRef prefix = new BytesRef(prefixText);
    for (Segment segment : segments) {
      Terms terms = segment.reader.terms(field);
      if (terms != null && !valuesOf(segment, terms.iterator(), prefix)) {
        return false;
      }
    }
    return true;
  }

  private boolean valuesOf(Segment segment, TermsEnum terms, BytesRef prefix) throws IOException {
    if (terms.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
      return true;
    }
    for (BytesRef term = terms.term();
        term != null && StringHelper.startsWith(term, prefix);
        term = terms.next()) {
      if (segment.has(terms)) {
        String value =
            new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length)
                .utf8ToString();
        if (LabelTerm.isCutValue(value)) {
          return false;
        }
        merge.add(value);
      }
    }
    return true;
  }
}
