package io.lookout.query.promql.script;

import io.lookout.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The series of a {@code load}. Start timestamps come in a line before those of the series that
 * they are for, or without a series for all that follow and have none of their own:
 *
 * <pre>
 *   load 1m
 *     &#64;st -30s                every series, again and again
 *     a      1 2 3
 *     b&#64;st   -1m _ -3m          the next line alone
 *     b      4 5 6
 * </pre>
 */
final class SeriesBlock {
  private static final Pattern START_TIMES = Pattern.compile("@st(?=\\s|$)(.*)");

  /** Start timestamps that wait for their series. */
  private record Pending(int line, Labels labels, List<@Nullable Long> offsets) {}

  private final String file;
  private final List<Command.SeriesLine> series = new ArrayList<>();
  private List<@Nullable Long> everywhere = List.of();
  private @Nullable Pending pending;

  SeriesBlock(String file) {
    this.file = file;
  }

  /**
   * @throws ScriptException for what is neither series nor start timestamps
   */
  void line(String line, int number) {
    SeriesName.Named named = SeriesName.parse(line);
    Matcher startTimes = START_TIMES.matcher(named.rest());
    if (startTimes.matches()) {
      checkNonePending();
      startTimes(number, named.labels(), ValueSequence.offsets(startTimes.group(1)));
    } else {
      samples(named.labels(), ValueSequence.values(named.rest()));
    }
  }

  private void startTimes(int number, Labels labels, List<@Nullable Long> offsets) {
    if (labels.isEmpty()) {
      everywhere = offsets;
    } else {
      pending = new Pending(number, labels, offsets);
    }
  }

  private void samples(Labels labels, List<ScriptValue> values) {
    Pending own = pending;
    pending = null;
    if (own == null) {
      series.add(new Command.SeriesLine(labels, values, repeated(values.size())));
      return;
    }
    if (!own.labels.equals(labels)) {
      throw new ScriptException("@st metric does not match the following sample line metric")
          .at(file, own.line);
    }
    if (own.offsets.size() != values.size()) {
      throw new ScriptException(
              "@st line has " + own.offsets.size() + " values but sample line has " + values.size())
          .at(file, own.line);
    }
    series.add(new Command.SeriesLine(labels, values, own.offsets));
  }

  private List<@Nullable Long> repeated(int size) {
    List<@Nullable Long> offsets = new ArrayList<>();
    for (int i = 0; i < size && !everywhere.isEmpty(); i++) {
      offsets.add(everywhere.get(i % everywhere.size()));
    }
    return offsets;
  }

  private void checkNonePending() {
    if (pending != null) {
      throw new ScriptException("@st line has no following sample line").at(file, pending.line);
    }
  }

  /** At the end of the block. */
  List<Command.SeriesLine> series() {
    checkNonePending();
    return series;
  }
}
