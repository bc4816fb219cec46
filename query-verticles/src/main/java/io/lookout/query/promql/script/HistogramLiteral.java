package io.lookout.query.promql.script;

import io.lookout.model.SeriesText;
import io.lookout.model.histogram.HistogramBuilder;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads histograms as scripts write them: {@code {{schema:0 count:3 sum:5 buckets:[1 2]}}}, all
 * fields optional.
 */
final class HistogramLiteral {
  private static final Pattern FIELD =
      Pattern.compile("([a-z_]+):(\\[[^\\]]*\\]|[^\\s\\[\\]]+)\\s*");

  private final HistogramBuilder builder = new HistogramBuilder();
  private double zeroCount;
  private double zeroThreshold;
  private int offset;
  private double[] buckets = {};
  private int negativeOffset;
  private double[] negativeBuckets = {};
  private double[] bounds = {};
  private boolean custom;
  private boolean hinted;

  private HistogramLiteral() {}

  /**
   * @param text what is between the braces
   * @throws ScriptException for fields that are unknown or odd
   */
  static ScriptValue.Histogram parse(String text) {
    HistogramLiteral literal = new HistogramLiteral();
    Matcher field = FIELD.matcher(text.strip());
    Set<String> seen = new HashSet<>();
    while (field.lookingAt()) {
      if (!seen.add(field.group(1))) {
        throw new ScriptException(
            "duplicate key " + SeriesText.quote(field.group(1)) + " in histogram");
      }
      literal.set(field.group(1), field.group(2));
      field.region(field.end(), field.regionEnd());
    }
    if (field.regionStart() != field.regionEnd()) {
      throw new ScriptException("no histogram: {{" + text + "}}");
    }
    return literal.build();
  }

  private void set(String name, String value) {
    switch (name) {
      case "schema" -> schema((int) Numbers.parse(value));
      case "count" -> builder.count(Numbers.parse(value));
      case "sum" -> builder.sum(Numbers.parse(value));
      case "z_bucket" -> zeroCount = Numbers.parse(value);
      case "z_bucket_w" -> zeroThreshold = Numbers.parse(value);
      case "buckets" -> buckets = Numbers.list(value);
      case "offset" -> offset = (int) Numbers.parse(value);
      case "n_buckets" -> negativeBuckets = Numbers.list(value);
      case "n_offset" -> negativeOffset = (int) Numbers.parse(value);
      case "custom_values" -> bounds = Numbers.list(value);
      case "counter_reset_hint" -> hint(value);
      default -> throw new ScriptException("unknown field of a histogram: " + name);
    }
  }

  private void schema(int schema) {
    custom = schema == NativeHistogram.CUSTOM_BUCKETS_SCHEMA;
    if (!custom && (schema < -4 || schema > 8)) {
      throw new ScriptException("invalid schema of a histogram: " + schema);
    }
    builder.schema(schema);
  }

  private void hint(String value) {
    hinted = true;
    builder.counterReset(
        switch (value) {
          case "unknown" -> CounterReset.UNKNOWN;
          case "reset" -> CounterReset.YES;
          case "not_reset" -> CounterReset.NO;
          case "gauge" -> CounterReset.GAUGE;
          default -> throw new ScriptException("unknown counter reset hint: " + value);
        });
  }

  private ScriptValue.Histogram build() {
    builder.zero(zeroThreshold, zeroCount);
    builder.positive(offset, buckets).negative(negativeOffset, negativeBuckets);
    if (custom) {
      builder.bounds(bounds);
    }
    try {
      return new ScriptValue.Histogram(builder.build(), hinted);
    } catch (IllegalArgumentException e) {
      throw new ScriptException("invalid histogram: " + e.getMessage());
    }
  }
}
