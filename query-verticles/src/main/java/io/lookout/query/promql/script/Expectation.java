package io.lookout.query.promql.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a script expects of an evaluation. Filled while its lines are read. */
final class Expectation {
  /** A message, in full or by pattern; neither for any message. */
  record Message(@Nullable String text, @Nullable Pattern pattern) {
    boolean matches(String message) {
      if (pattern != null) {
        return pattern.matcher(message).find();
      }
      return text == null || text.equals(message);
    }

    @Override
    public String toString() {
      if (pattern != null) {
        return "matching " + pattern;
      }
      return text == null ? "any message" : text;
    }
  }

  /** The times of a range vector, ms. */
  record Times(long start, long end, long step) {}

  final List<Message> failures = new ArrayList<>();
  final List<Message> warnings = new ArrayList<>();
  final List<Message> infos = new ArrayList<>();
  final List<Command.SeriesLine> series = new ArrayList<>();
  boolean noWarnings;
  boolean noInfos;
  boolean ordered;
  @Nullable Double scalar;
  @Nullable String string;
  @Nullable Times rangeVector;

  /** The same of storages that show histograms as the query API does. */
  Expectation shown() {
    Expectation shown = new Expectation();
    shown.failures.addAll(failures);
    shown.warnings.addAll(warnings);
    shown.infos.addAll(infos);
    series.forEach(line -> shown.series.add(line.shown()));
    shown.noWarnings = noWarnings;
    shown.noInfos = noInfos;
    shown.ordered = ordered;
    shown.scalar = scalar;
    shown.string = string;
    shown.rangeVector = rangeVector;
    return shown;
  }

  boolean fails() {
    return !failures.isEmpty();
  }
}
