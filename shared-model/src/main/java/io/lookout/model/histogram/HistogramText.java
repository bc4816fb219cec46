package io.lookout.model.histogram;

import static io.lookout.model.text.NumberText.number;

/** How PromQL prints a histogram. */
final class HistogramText {
  private HistogramText() {}

  static String of(NativeHistogram h) {
    StringBuilder text = new StringBuilder("{count:");
    text.append(number(h.count())).append(", sum:").append(number(h.sum()));
    BucketTable buckets = BucketTable.uncut(h);
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) != 0) {
        text.append(", ")
            .append(buckets.lowerInclusive(i) ? '[' : '(')
            .append(number(buckets.lower(i)))
            .append(',')
            .append(number(buckets.upper(i)))
            .append(buckets.upperInclusive(i) ? ']' : ')')
            .append(':')
            .append(number(buckets.count(i)));
      }
    }
    return text.append('}').toString();
  }
}
