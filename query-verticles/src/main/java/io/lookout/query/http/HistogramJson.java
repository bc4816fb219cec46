package io.lookout.query.http;

import io.lookout.model.histogram.BucketTable;
import io.lookout.model.histogram.NativeHistogram;

/** A native histogram in the shape of Prometheus's query API. */
final class HistogramJson {
  private HistogramJson() {}

  static void write(JsonBytes out, NativeHistogram histogram) {
    out.raw("{\"count\":").value(histogram.count()).raw(",\"sum\":").value(histogram.sum());
    BucketTable buckets = BucketTable.of(histogram);
    boolean any = false;
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) != 0) {
        out.raw(any ? ",[" : ",\"buckets\":[[").number(boundaries(buckets, i)).raw(',');
        out.value(buckets.lower(i)).raw(',').value(buckets.upper(i)).raw(',');
        out.value(buckets.count(i)).raw(']');
        any = true;
      }
    }
    out.raw(any ? "]}" : "}");
  }

  /** 0: the lower bound is open; 1: the upper one is; 2: both are; 3: neither is. */
  private static int boundaries(BucketTable buckets, int i) {
    if (buckets.lowerInclusive(i)) {
      return buckets.upperInclusive(i) ? 3 : 1;
    }
    return buckets.upperInclusive(i) ? 0 : 2;
  }
}
