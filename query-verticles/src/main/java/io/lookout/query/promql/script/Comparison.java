package io.lookout.query.promql.script;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds an answer against what a script expects. */
final class Comparison {
  private Comparison() {}

  /**
   * The first thing that is not as expected, if any.
   *
   * @param annotations whether warnings and infos count
   */
  static Optional<String> mismatch(Command.Eval eval, Answer answer, boolean annotations) {
    Expectation expectation = eval.expectation();
    return switch (answer) {
      case Answer.Failed failed -> failure(expectation, failed);
      case Answer.Succeeded succeeded -> {
        if (expectation.fails()) {
          yield Optional.of("a failure was expected");
        }
        Optional<String> value = value(eval, succeeded.value());
        yield value.isPresent() || !annotations ? value : annotations(expectation, succeeded);
      }
    };
  }

  private static Optional<String> failure(Expectation expectation, Answer.Failed failed) {
    if (!expectation.fails()) {
      return Optional.of("the query failed");
    }
    return expectation.failures.stream().anyMatch(m -> m.matches(failed.message()))
        ? Optional.empty()
        : Optional.of("another failure was expected: " + expectation.failures);
  }

  private static Optional<String> annotations(Expectation expectation, Answer.Succeeded succeeded) {
    return annotations(
            "warning", expectation.warnings, expectation.noWarnings, succeeded.warnings())
        .or(() -> annotations("info", expectation.infos, expectation.noInfos, succeeded.infos()));
  }

  private static Optional<String> annotations(
      String kind, List<Expectation.Message> expected, boolean none, List<String> actual) {
    if (none && !actual.isEmpty()) {
      return Optional.of("unexpected " + kind + ": " + actual);
    }
    for (Expectation.Message message : expected) {
      if (actual.stream().noneMatch(message::matches)) {
        return Optional.of("missing " + kind + ": " + message + ", got " + actual);
      }
    }
    for (String message : actual) {
      if (!expected.isEmpty() && expected.stream().noneMatch(e -> e.matches(message))) {
        return Optional.of("unexpected " + kind + ": " + message);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> value(Command.Eval eval, Answer.Value value) {
    Expectation expectation = eval.expectation();
    return switch (value) {
      case Answer.Scalar scalar -> {
        Double expected = expectation.scalar;
        yield unless(
            expected != null && Closeness.close(expected, scalar.value()), "another number");
      }
      case Answer.Text text -> unless(text.value().equals(expectation.string), "another string");
      case Answer.Vector vector -> vector(eval, vector.series());
      case Answer.Matrix matrix -> matrix(eval, matrix.series());
    };
  }

  private static Optional<String> unless(boolean fine, String complaint) {
    return fine ? Optional.empty() : Optional.of(complaint + " was expected");
  }

  private static Optional<String> vector(Command.Eval eval, List<Answer.Series> actual) {
    Expectation expectation = eval.expectation();
    if (expectation.scalar != null || expectation.string != null) {
      return Optional.of("no vector was expected");
    }
    if (expectation.rangeVector != null) {
      return Optional.of("a range vector was expected");
    }
    if (expectation.ordered) {
      List<Labels> order = expectation.series.stream().map(Command.SeriesLine::labels).toList();
      if (!order.equals(actual.stream().map(Answer.Series::labels).toList())) {
        return Optional.of("other series or another order was expected");
      }
    }
    return series(expectation.series, actual, new Expectation.Times(0, 0, 1), true);
  }

  private static Optional<String> matrix(Command.Eval eval, List<Answer.Series> actual) {
    Expectation expectation = eval.expectation();
    Expectation.Times times = expectation.rangeVector;
    if (times == null) {
      if (eval.instant()) {
        return Optional.of("no range vector was expected");
      }
      times = new Expectation.Times(eval.start(), eval.end(), eval.step());
    }
    return series(expectation.series, actual, times, false);
  }

  /**
   * @param single whether there is one sample a series, at whatever time
   */
  private static Optional<String> series(
      List<Command.SeriesLine> expected,
      List<Answer.Series> actual,
      Expectation.Times times,
      boolean single) {
    Map<Labels, Answer.Series> byLabels = new HashMap<>();
    for (Answer.Series series : actual) {
      if (byLabels.put(series.labels(), series) != null) {
        return Optional.of("series twice: " + series.labels());
      }
    }
    for (Command.SeriesLine line : expected) {
      Answer.Series series = byLabels.remove(line.labels());
      boolean empty = line.values().stream().allMatch(v -> v instanceof ScriptValue.Gap);
      if (series == null) {
        if (empty) {
          continue;
        }
        return Optional.of("missing series: " + line.labels());
      }
      Optional<String> mismatch = samples(line, series, times, single);
      if (mismatch.isPresent()) {
        return mismatch;
      }
    }
    return byLabels.isEmpty()
        ? Optional.empty()
        : Optional.of("unexpected series: " + byLabels.keySet());
  }

  private static Optional<String> samples(
      Command.SeriesLine line, Answer.Series series, Expectation.Times times, boolean single) {
    SampleColumns samples = series.samples();
    int[] rows = new int[(int) ((times.end() - times.start()) / times.step()) + 1];
    Arrays.fill(rows, -1);
    for (int i = 0; i < samples.size; i++) {
      long offset = single ? i : samples.times[i] - times.start();
      if (offset < 0 || offset % times.step() != 0 || offset / times.step() >= rows.length) {
        return Optional.of("sample at an unexpected time: " + series.labels());
      }
      rows[(int) (offset / times.step())] = i;
    }
    for (int step = 0; step < Math.max(rows.length, line.values().size()); step++) {
      ScriptValue expected =
          step < line.values().size() ? line.values().get(step) : new ScriptValue.Gap();
      if (!matches(expected, samples, step < rows.length ? rows[step] : -1)) {
        return Optional.of(
            "another value was expected of "
                + series.labels()
                + (single ? "" : " at step " + step));
      }
    }
    return Optional.empty();
  }

  private static boolean matches(ScriptValue expected, SampleColumns samples, int row) {
    NativeHistogram histogram = row < 0 ? null : samples.histogram(row);
    return switch (expected) {
      case ScriptValue.Gap ignored -> row < 0;
      case ScriptValue.FloatValue number ->
          row >= 0 && histogram == null && Closeness.close(number.value(), samples.values[row]);
      case ScriptValue.Histogram literal ->
          histogram != null && Closeness.close(literal, histogram);
    };
  }
}
