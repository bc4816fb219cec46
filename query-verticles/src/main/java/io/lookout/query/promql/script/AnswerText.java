package io.lookout.query.promql.script;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/** Answers and expectations for people. */
final class AnswerText {
  private AnswerText() {}

  static List<String> lines(Answer answer) {
    return switch (answer) {
      case Answer.Failed failed -> List.of("fail: " + failed.message());
      case Answer.Succeeded succeeded -> {
        List<String> lines = new ArrayList<>(lines(succeeded.value()));
        succeeded.warnings().forEach(warning -> lines.add("warn: " + warning));
        succeeded.infos().forEach(info -> lines.add("info: " + info));
        yield lines;
      }
    };
  }

  private static List<String> lines(Answer.Value value) {
    return switch (value) {
      case Answer.Scalar scalar -> List.of(NumberText.plain(scalar.value()));
      case Answer.Text text -> List.of('"' + text.value() + '"');
      case Answer.Vector vector -> vector.series().stream().map(s -> line(s, false)).toList();
      case Answer.Matrix matrix -> matrix.series().stream().map(s -> line(s, true)).toList();
    };
  }

  private static String line(Answer.Series series, boolean times) {
    StringBuilder line = new StringBuilder(series.labels().toString());
    SampleColumns samples = series.samples();
    for (int i = 0; i < samples.size; i++) {
      NativeHistogram histogram = samples.histogram(i);
      line.append(' ').append(histogram == null ? NumberText.plain(samples.values[i]) : histogram);
      if (histogram != null) {
        line.append(histogram.counterReset());
      }
      if (times) {
        line.append('@').append(NumberText.plain(samples.times[i] / 1000.0));
      }
    }
    return line.toString();
  }

  static List<String> lines(Expectation expectation) {
    List<String> lines = new ArrayList<>();
    if (expectation.scalar != null) {
      lines.add(NumberText.plain(expectation.scalar));
    }
    if (expectation.string != null) {
      lines.add('"' + expectation.string + '"');
    }
    expectation.series.forEach(line -> lines.add(line.labels() + values(line.values())));
    expectation.failures.forEach(message -> lines.add("fail: " + message));
    expectation.warnings.forEach(message -> lines.add("warn: " + message));
    expectation.infos.forEach(message -> lines.add("info: " + message));
    if (expectation.noWarnings) {
      lines.add("no warning");
    }
    if (expectation.noInfos) {
      lines.add("no info");
    }
    return lines;
  }

  private static String values(List<ScriptValue> values) {
    StringBuilder text = new StringBuilder();
    for (ScriptValue value : values) {
      text.append(' ')
          .append(
              switch (value) {
                case ScriptValue.Gap ignored -> "_";
                case ScriptValue.FloatValue number -> NumberText.plain(number.value());
                case ScriptValue.Histogram h ->
                    h.value() + (h.hinted() ? h.value().counterReset().toString() : "");
              });
    }
    return text.toString();
  }
}
