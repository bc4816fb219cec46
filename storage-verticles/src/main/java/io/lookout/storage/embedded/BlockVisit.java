package io.lookout.storage.embedded;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Visits the blocks that a query finds, in the order in which they lie on disk. */
final class BlockVisit {
  private BlockVisit() {}

  /** What is done with each block. */
  @FunctionalInterface
  interface Visitor {
    void visit(FoundBlock block) throws IOException;
  }

  static void each(IndexSearcher searcher, Query query, Visitor visitor) throws IOException {
    Weight weight = weight(searcher, query);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        each(leaf.reader(), scorer.iterator(), visitor);
      }
    }
  }

  static Weight weight(IndexSearcher searcher, Query query) throws IOException {
    return searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
  }

  private static void each(LeafReader reader, DocIdSetIterator found, Visitor visitor)
      throws IOException {
    Bits live = reader.getLiveDocs();
    FoundBlock block = new FoundBlock(reader);
    for (int doc = found.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = found.nextDoc()) {
      if (live == null || live.get(doc)) {
        visitor.visit(block.at(doc));
      }
    }
  }

  /** The block under the visitor's hands: its binaries are read when they are asked for. */
  static final class FoundBlock {
    private final BinaryDocValues series;
    private final BinaryDocValues chunks;
    private final BinaryDocValues ids;
    private final NumericDocValues sequences;
    private final LeafReader reader;
    private int doc;

    FoundBlock(LeafReader reader) throws IOException {
      this.reader = reader;
      sequences = DocValues.getNumeric(reader, BlockFields.SEQUENCE);
      series = DocValues.getBinary(reader, BlockFields.SERIES);
      chunks = DocValues.getBinary(reader, BlockFields.CHUNKS);
      ids = DocValues.getBinary(reader, BlockFields.ID);
    }

    /** The same reader at another block, behind the one before. */
    FoundBlock at(int next) {
      doc = next;
      return this;
    }

    int doc() {
      return doc;
    }

    byte[] series() throws IOException {
      return bytes(series);
    }

    byte[] chunks() throws IOException {
      return bytes(chunks);
    }

    String id() throws IOException {
      return HexFormat.of().formatHex(bytes(ids));
    }

    long sequence() throws IOException {
      return sequences.advanceExact(doc) ? sequences.longValue() : 0;
    }

    /** A number that is asked for once for each block. */
    long number(String field) throws IOException {
      NumericDocValues column = DocValues.getNumeric(reader, field);
      return column.advanceExact(doc) ? column.longValue() : 0;
    }

    /** A text that is asked for once for each block. */
    String text(String field) throws IOException {
      BinaryDocValues column = DocValues.getBinary(reader, field);
      return column.advanceExact(doc) ? column.binaryValue().utf8ToString() : "";
    }

    int binaryBytes() throws IOException {
      return length(series) + length(chunks);
    }

    private int length(BinaryDocValues column) throws IOException {
      return column.advanceExact(doc) ? column.binaryValue().length : 0;
    }

    private byte[] bytes(BinaryDocValues column) throws IOException {
      if (!column.advanceExact(doc)) {
        return new byte[0];
      }
      BytesRef bytes = column.binaryValue();
      return Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    }
  }
}
