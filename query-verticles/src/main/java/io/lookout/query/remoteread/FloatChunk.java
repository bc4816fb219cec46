package io.lookout.query.remoteread;

import io.lookout.model.SampleColumns;

/**
 * Floats as Prometheus's chunks of encoding 1 have them: {@code tsdb/docs/format/chunks.md}.
 *
 * <pre>
 *   samples (2 bytes) | time (zigzag) value (8 bytes) | time delta (varint) value | (time delta of
 *   delta, 1 to 68 bits) value | …
 * </pre>
 */
final class FloatChunk {
  private final BitWriter out;
  private final XorColumn values = new XorColumn();

  FloatChunk(BitWriter out) {
    this.out = out;
  }

  /** Encodes the samples [from, to), all of them floats. */
  byte[] encode(SampleColumns samples, int from, int to) {
    out.clear();
    out.bits(0, 16);
    out.count(to - from);
    out.zigzag(samples.times[from]);
    values.begin(samples.values[from], out);
    long before = 0;
    for (int i = from + 1; i < to; i++) {
      long delta = samples.times[i] - samples.times[i - 1];
      if (i == from + 1) {
        out.varint(delta);
      } else {
        change(delta - before);
      }
      before = delta;
      values.next(samples.values[i], out);
    }
    return out.toByteArray();
  }

  private void change(long change) {
    if (change == 0) {
      out.bit(0);
    } else if (Varbits.fits(change, 14)) {
      out.bits(0b10, 2);
      out.bits(change, 14);
    } else if (Varbits.fits(change, 17)) {
      out.bits(0b110, 3);
      out.bits(change, 17);
    } else if (Varbits.fits(change, 20)) {
      out.bits(0b1110, 4);
      out.bits(change, 20);
    } else {
      out.bits(0b1111, 4);
      out.bits(change, 64);
    }
  }
}
