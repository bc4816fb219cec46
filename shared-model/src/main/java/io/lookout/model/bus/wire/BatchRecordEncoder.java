package io.lookout.model.bus.wire;

import io.lookout.model.Fingerprint;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteWriter;

/**
 * Write batches as records of a topic, for shards that have met most of their series before: labels
 * can be passed over. Unlike a message between nodes it does not look for each label among those
 * that it has written. Not thread-safe.
 *
 * <pre>
 *   record := 2 tenant:text count:varint series* columns
 *   series := high:i64 low:i64 length:varint labels      {@link LabelDelta} to the series before
 * </pre>
 */
public final class BatchRecordEncoder {
  /** The first byte: 1 is a batch as the bus has it. */
  static final int VERSION = 2;

  private static final int CACHE_LINE = 64;

  private final LabelBytes known;
  private final ByteWriter labels = new ByteWriter(1 << 10);
  private LabelCursor before = new LabelCursor();
  private LabelCursor now = new LabelCursor();

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
    byte[][] bytes = bytes(batch);
    before.begin();
    for (int i = 0; i < bytes.length; i++) {
      write(batch.series()[i].fingerprint(), bytes[i], out);
    }
    WriteBatchWire.writeColumns(batch, new WireOutput(out));
    return out.toByteArray();
  }

  /**
   * Looks for all series before anything is written, and touches what it finds: each of it waits
   * for memory, and so they wait together.
   */
  private byte[][] bytes(WriteBatch batch) {
    byte[][] bytes = new byte[batch.seriesCount()][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = known.of(batch.series()[i]);
    }
    int sum = 0;
    for (byte[] each : bytes) {
      for (int i = 0; i < each.length; i += CACHE_LINE) {
        sum += each[i];
      }
    }
    touched = sum;
    return bytes;
  }

  private void write(Fingerprint fingerprint, byte[] bytes, ByteWriter out) {
    now.begin(bytes);
    labels.clear();
    LabelDelta.write(before, now, labels);
    out.putLong(fingerprint.high()).putLong(fingerprint.low());
    out.putVarLong(labels.size()).putBytes(labels.array(), 0, labels.size());
    now.begin(bytes);
    LabelCursor last = before;
    before = now;
    now = last;
  }
}
