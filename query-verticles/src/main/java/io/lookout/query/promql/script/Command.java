package io.lookout.query.promql.script;

import io.lookout.model.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of a script. */
sealed interface Command {
  /** In the file, from 1. */
  int line();

  /** Forgets all data. */
  record Clear(int line) implements Command {}

  /**
   * Adds samples.
   *
   * @param step between values, ms; the first is at 0
   * @param nhcb whether classic histograms become native ones too
   */
  record Load(int line, long step, boolean nhcb, List<SeriesLine> series) implements Command {}

  /**
   * A series with its values.
   *
   * @param startOffsets start timestamps relative to the samples, ms; null entries and a shorter
   *     list for unknown ones
   */
  record SeriesLine(Labels labels, List<ScriptValue> values, List<@Nullable Long> startOffsets) {
    SeriesLine shown() {
      return new SeriesLine(labels, values.stream().map(ScriptValue::shown).toList(), startOffsets);
    }
  }

  /**
   * Evaluates an expression.
   *
   * @param step ms; 0 for an instant query at {@code start}
   */
  record Eval(int line, String expression, long start, long end, long step, Expectation expectation)
      implements Command {
    boolean instant() {
      return step == 0;
    }

    Eval expecting(Expectation other) {
      return new Eval(line, expression, start, end, step, other);
    }
  }
}
