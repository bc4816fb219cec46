package io.lookout.ingest.protobuf;

import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a native histogram, positive or negative, as protobuf messages carry it: spans, and
 * counts of buckets, which for histograms of integers are differences between neighbours. Not
 * thread-safe.
 */
public final class BucketColumns {
  private List<Span> spans = new ArrayList<>();
  private final NumberColumn floats = new NumberColumn();
  private final NumberColumn integers = new NumberColumn();
  private long lastCount;

  public void clear() {
    spans = new ArrayList<>();
    floats.clear();
    integers.clear();
    lastCount = 0;
  }

  public List<Span> spans() {
    return spans;
  }

  /** Counts of buckets, absolute. */
  public double[] counts(boolean ofIntegers) {
    return ofIntegers ? integers.toArray() : floats.toArray();
  }

  /** A message of offset (1) and length (2), which begins with its length. */
  public void span(ProtoReader in) {
    int outer = in.enter();
    int offset = 0;
    int length = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> offset = (int) in.zigzag();
        case 2 << 3 | VARINT -> length = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    NumberColumn.requireRoom(spans.size());
    spans.add(new Span(offset, length));
  }

  /** A packed field of differences. */
  public void deltas(ProtoReader in) {
    int outer = in.enter();
    while (in.hasMore()) {
      delta(in.zigzag());
    }
    in.leave(outer);
  }

  public void delta(long delta) {
    lastCount += delta;
    integers.add((double) lastCount);
  }

  /** A packed field of counts. */
  public void counts(ProtoReader in) {
    floats.addPacked(in);
  }

  public void count(double count) {
    floats.add(count);
  }
}
