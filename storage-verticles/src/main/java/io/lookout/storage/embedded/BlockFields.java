package io.lookout.storage.embedded;

import io.lookout.storage.block.Block;
import io.lookout.storage.block.LabelTerm;
import java.util.HexFormat;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * A block as a Lucene document.
 *
 * <p>The binaries are doc values rather than stored fields: they are packed already, so that
 * compressing them again would cost time and gain nothing; and label tables are read without
 * touching the samples that would lie beside them.
 */
final class BlockFields {
  static final String ID = "id";
  static final String TENANT = "tenant";
  static final String METRIC = "metric";
  static final String TENANT_NAME = "tenant_name";
  static final String METRIC_NAME = "metric_name";
  static final String WINDOW = "window";
  static final String SEQUENCE = "sequence";
  static final String LEVEL = "level";
  static final String MIN_TIME = "min_time";
  static final String MAX_TIME = "max_time";
  static final String LABELS = "labels";
  static final String SERIES_COUNT = "series_count";
  static final String SAMPLE_COUNT = "sample_count";
  static final String SERIES = "series";
  static final String CHUNKS = "chunks";

  private BlockFields() {}

  static Document document(Block block) {
    Document document = new Document();
    document.add(new StringField(ID, idBytes(block.id()), Store.NO));
    document.add(new BinaryDocValuesField(ID, idBytes(block.id())));
    document.add(new StringField(TENANT, block.tenant(), Store.NO));
    document.add(new StringField(METRIC, LabelTerm.ofValue(block.metric()), Store.NO));
    document.add(new LongPoint(MIN_TIME, block.minTime()));
    document.add(new LongPoint(MAX_TIME, block.maxTime()));
    for (String label : block.labels()) {
      document.add(new StringField(LABELS, label, Store.NO));
    }
    document.add(new BinaryDocValuesField(TENANT_NAME, new BytesRef(block.tenant())));
    document.add(new BinaryDocValuesField(METRIC_NAME, new BytesRef(block.metric())));
    document.add(new NumericDocValuesField(WINDOW, block.windowStart()));
    document.add(new NumericDocValuesField(SEQUENCE, block.sequence()));
    document.add(new NumericDocValuesField(LEVEL, block.level()));
    document.add(new NumericDocValuesField(SERIES_COUNT, block.seriesCount()));
    document.add(new NumericDocValuesField(SAMPLE_COUNT, block.sampleCount()));
    document.add(new BinaryDocValuesField(SERIES, new BytesRef(block.series())));
    document.add(new BinaryDocValuesField(CHUNKS, new BytesRef(block.chunks())));
    return document;
  }

  static Term idTerm(String id) {
    return new Term(ID, idBytes(id));
  }

  static BytesRef idBytes(String id) {
    return new BytesRef(HexFormat.of().parseHex(id));
  }
}
