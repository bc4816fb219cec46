package io.lookout.model.bus.wire;

import io.lookout.model.Fingerprint;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteWriter;

/**
 * Write batches as records of a topic, for shards that have met most of their series before: labels
 * can be passed over. Unlike a message between nodes it does not look for each label among those
 * that it has written; and a series that stands behind the same one as the last time is written as
 * it was then. Not thread-safe.
 *
 * <pre>
 *   record := 3 tenant:text count:varint series* columns
 *   series := high:i64 low:i64 length:varint labels      {@link LabelDelta} to the series before
 * </pre>
 */
public final class BatchRecordEncoder {
  /** The first byte: 1 is a batch as the bus has it, 2 the same without what values begin with. */
  static final int VERSION = 3;

  private static final int CACHE_LINE = 64;

  private final LabelBytes known;
  private final ByteWriter labels = new ByteWriter(1 << 10);
  private final ByteWriter series = new ByteWriter(1 << 10);
  private final LabelCursor before = new LabelCursor();
  private final LabelCursor now = new LabelCursor();

  /** Of no use but that the compiler must not leave the touching out. */
  int touched;

  /**
   * @param known shared by encoders
   */
  public BatchRecordEncoder(LabelBytes known) {
    this.known = known;
  }

  public byte[] encode(WriteBatch batch) {
    ByteWriter out = new ByteWriter(64 + 96 * batch.seriesCount() + 12 * batch.sampleCount());
    out.putByte(VERSION).putText(batch.tenant()).putVarLong(batch.seriesCount());
    for (byte[] each : series(batch)) {
      out.putBytes(each, 0, each.length);
    }
    WriteBatchWire.writeColumns(batch, new WireOutput(out));
    return out.toByteArray();
  }

  /**
   * Looks for all series before anything is written, and touches what it finds: each of it waits
   * for memory, and so they wait together.
   */
  private byte[][] series(WriteBatch batch) {
    byte[][] written = new byte[batch.seriesCount()][];
    byte[] last = LabelCursor.NONE;
    for (int i = 0; i < written.length; i++) {
      LabelBytes.Entry entry = known.of(batch.series()[i]);
      byte[] remembered = entry.after(last);
      written[i] = remembered == null ? written(last, entry) : remembered;
      last = entry.bytes();
    }
    touched = touch(written);
    return written;
  }

  private static int touch(byte[][] all) {
    int sum = 0;
    for (byte[] each : all) {
      for (int i = 0; i < each.length; i += CACHE_LINE) {
        sum += each[i];
      }
    }
    return sum;
  }

  private byte[] written(byte[] last, LabelBytes.Entry entry) {
    before.begin(last);
    now.begin(entry.bytes());
    labels.clear();
    LabelDelta.write(before, now, labels);
    Fingerprint fingerprint = entry.series().fingerprint();
    series.clear();
    series.putLong(fingerprint.high()).putLong(fingerprint.low());
    series.putVarLong(labels.size()).putBytes(labels.array(), 0, labels.size());
    byte[] written = series.toByteArray();
    entry.remember(last, written);
    return written;
  }
}
