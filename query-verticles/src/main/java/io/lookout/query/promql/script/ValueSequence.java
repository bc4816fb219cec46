package io.lookout.query.promql.script;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.HistogramArithmetic;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a series: numbers, gaps, histograms, and short forms of many of them.
 *
 * <pre>
 *   1 _ stale     one value each
 *   _x3           three gaps
 *   5x3           5 5 5 5
 *   1+2x3         1 3 5 7
 *   {{…}}+{{…}}x3 four histograms, each the one before and the second one added
 * </pre>
 */
final class ValueSequence {
  /** Bounds what one short form may become. */
  private static final int MAX_REPEATS = 1_000_000;

  private static final String NUMBER =
      "[-+]?(?:[iI][nN][fF]|[nN][aA][nN]|(?:\\d[\\d_]*(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?)";
  private static final String HISTOGRAM = "\\{\\{(.*?)\\}\\}";
  private static final String END = "(?=\\s|$)\\s*";
  private static final Pattern GAPS = Pattern.compile("_(?:x(\\d+))?" + END);
  private static final Pattern AGAIN = Pattern.compile("\\*(?:x(\\d+))?" + END);
  private static final Pattern STALE = Pattern.compile("stale(?:x(\\d+))?" + END);
  private static final Pattern NUMBERS =
      Pattern.compile("(" + NUMBER + ")(?:(?:([-+])(" + NUMBER + "))?x(\\d+))?" + END);
  private static final Pattern HISTOGRAMS =
      Pattern.compile(HISTOGRAM + "(?:(?:([-+])" + HISTOGRAM + ")?x(\\d+))?" + END);
  private static final String OFFSET = "[-+]?(?:\\d+(?:ms|[smhdwy]))+|[-+]?\\d+(?:\\.\\d+)?";
  private static final Pattern OFFSETS =
      Pattern.compile("(" + OFFSET + ")(?:([-+](?:" + OFFSET + "))?x(\\d+))?" + END);

  private final String text;
  private final Matcher rest;
  private MatchResult match;

  private ValueSequence(String text) {
    this.text = text;
    this.rest = GAPS.matcher(text);
    this.match = rest;
  }

  /**
   * @throws ScriptException for text that is no value
   */
  static List<ScriptValue> values(String text) {
    return new ValueSequence(text.strip()).values();
  }

  /** Start timestamps relative to their samples, ms, null where there is none. */
  static List<@Nullable Long> offsets(String text) {
    return new ValueSequence(text.strip()).offsets();
  }

  private boolean next(Pattern pattern) {
    rest.usePattern(pattern);
    if (!rest.lookingAt()) {
      return false;
    }
    match = rest.toMatchResult();
    rest.region(rest.end(), text.length());
    return true;
  }

  private boolean atEnd() {
    return rest.regionStart() == text.length();
  }

  private ScriptException unreadable() {
    return new ScriptException("no value of a series: " + text.substring(rest.regionStart()));
  }

  private List<ScriptValue> values() {
    List<ScriptValue> values = new ArrayList<>();
    while (!atEnd()) {
      if (next(GAPS)) {
        values.addAll(Collections.nCopies(repeats(1, 1), new ScriptValue.Gap()));
      } else if (next(STALE)) {
        ScriptValue stale = new ScriptValue.FloatValue(SampleColumns.STALE_NAN);
        values.addAll(Collections.nCopies(repeats(1, 0) + 1, stale));
      } else if (next(HISTOGRAMS)) {
        addHistograms(values);
      } else if (next(NUMBERS)) {
        addNumbers(values);
      } else {
        throw unreadable();
      }
    }
    return values;
  }

  private int repeats(int group, int otherwise) {
    String digits = match.group(group);
    if (digits != null && (digits.length() > 9 || Integer.parseInt(digits) > MAX_REPEATS)) {
      throw new ScriptException("too many values: " + text);
    }
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private void addNumbers(List<ScriptValue> values) {
    double value = Numbers.parse(match.group(1));
    double increment = match.group(3) == null ? 0 : Numbers.parse(match.group(3));
    double signed = "-".equals(match.group(2)) ? -increment : increment;
    boolean constant = match.group(3) == null;
    int repeats = repeats(4, 0);
    for (int i = 0; i <= repeats; i++) {
      values.add(new ScriptValue.FloatValue(value));
      value = constant ? value : value + signed;
    }
  }

  private void addHistograms(List<ScriptValue> values) {
    ScriptValue.Histogram current = HistogramLiteral.parse(match.group(1));
    String operator = match.group(2);
    NativeHistogram increment =
        operator == null ? null : HistogramLiteral.parse(match.group(3)).value();
    int repeats = repeats(4, 0);
    values.add(current);
    for (int i = 0; i < repeats; i++) {
      if (increment != null) {
        NativeHistogram next = combine(current.value(), increment, "-".equals(operator));
        current = new ScriptValue.Histogram(next, current.hinted());
      }
      values.add(current);
    }
  }

  private static NativeHistogram combine(NativeHistogram a, NativeHistogram b, boolean subtract) {
    if (!HistogramArithmetic.compatible(a, b) || a.schema() > b.schema()) {
      throw new ScriptException("histograms of different schemas: " + a + " and " + b);
    }
    return subtract
        ? HistogramArithmetic.subtract(a, b).histogram()
        : HistogramArithmetic.add(a, b).histogram();
  }

  /** 0 where there is none yet. */
  private static Long lastOf(List<@Nullable Long> offsets) {
    for (int i = offsets.size() - 1; i >= 0; i--) {
      Long offset = offsets.get(i);
      if (offset != null) {
        return offset;
      }
    }
    return 0L;
  }

  private List<@Nullable Long> offsets() {
    List<@Nullable Long> offsets = new ArrayList<>();
    while (!atEnd()) {
      if (next(GAPS)) {
        offsets.addAll(Collections.nCopies(repeats(1, 1), (@Nullable Long) null));
      } else if (next(AGAIN)) {
        offsets.addAll(Collections.nCopies(repeats(1, 0) + 1, lastOf(offsets)));
      } else if (next(OFFSETS)) {
        long offset = ScriptTimes.millis(match.group(1));
        long increment = match.group(2) == null ? 0 : ScriptTimes.millis(match.group(2));
        int repeats = repeats(3, 0);
        for (int i = 0; i <= repeats; i++) {
          offsets.add(offset + i * increment);
        }
      } else {
        throw unreadable();
      }
    }
    return offsets;
  }
}
