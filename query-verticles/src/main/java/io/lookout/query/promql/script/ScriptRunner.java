package io.lookout.query.promql.script;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs scripts against a storage. */
public final class ScriptRunner {
  private static final long MINUTE = 60_000;

  private final ScriptStorage storage;
  private final boolean furtherForms;

  /**
   * @param storage stays open
   * @param furtherForms whether each instant query is also run as the middle step of a range query,
   *     and at other times with {@code @} on all its selectors
   */
  public ScriptRunner(ScriptStorage storage, boolean furtherForms) {
    this.storage = storage;
    this.furtherForms = furtherForms;
  }

  /**
   * An {@code eval} that came out otherwise.
   *
   * @param query what was asked: the expression and its times, as run
   */
  public record Failure(
      String file,
      int line,
      String query,
      String complaint,
      List<String> expected,
      List<String> actual) {
    @Override
    public String toString() {
      return "%s:%d: %s%n  %s%n  expected:%n%s  actual:%n%s"
          .formatted(file, line, query, complaint, indented(expected), indented(actual));
    }

    private static String indented(List<String> lines) {
      StringBuilder text = new StringBuilder();
      lines.forEach(line -> text.append("    ").append(line).append(System.lineSeparator()));
      return text.toString();
    }
  }

  /** What came of a script. */
  public record Report(int passed, List<Failure> failures) {}

  /**
   * Runs a script on an empty storage.
   *
   * @param file for messages
   * @throws ScriptException where it cannot be read; nothing has been run then
   */
  public Report run(String file, String text) {
    List<Command> commands = ScriptParser.parse(file, text);
    storage.clear();
    int passed = 0;
    List<Failure> failures = new ArrayList<>();
    for (Command command : commands) {
      switch (command) {
        case Command.Clear ignored -> storage.clear();
        case Command.Load load -> load(load);
        case Command.Eval eval -> {
          Optional<Failure> failure = run(file, eval);
          failure.ifPresent(failures::add);
          passed += failure.isPresent() ? 0 : 1;
        }
      }
    }
    return new Report(passed, failures);
  }

  private void load(Command.Load load) {
    Map<Labels, Command.SeriesLine> series = new LinkedHashMap<>();
    // Of two lines of one series the later one counts.
    load.series().forEach(line -> series.put(line.labels(), line));
    if (load.nhcb()) {
      ClassicHistograms.convert(List.copyOf(series.values()))
          .forEach(line -> series.put(line.labels(), line));
    }
    for (Command.SeriesLine line : series.values()) {
      SampleColumns samples = samples(line, load.step());
      if (samples.size > 0) {
        storage.load(line.labels(), samples);
      }
    }
  }

  private static SampleColumns samples(Command.SeriesLine line, long step) {
    SampleColumns samples = new SampleColumns(line.values().size());
    for (int i = 0; i < line.values().size(); i++) {
      int before = samples.size;
      switch (line.values().get(i)) {
        case ScriptValue.Gap ignored -> {
          continue;
        }
        case ScriptValue.FloatValue number -> samples.add(i * step, number.value());
        case ScriptValue.Histogram histogram -> samples.add(i * step, histogram.value());
      }
      @Nullable Long offset = i < line.startOffsets().size() ? line.startOffsets().get(i) : null;
      if (offset != null && samples.size > before) {
        samples.startTime(i * step + offset);
      }
    }
    return samples;
  }

  private Optional<Failure> run(String file, Command.Eval original) {
    Command.Eval eval =
        storage.showsHistograms() ? original.expecting(original.expectation().shown()) : original;
    Answer answer =
        eval.instant()
            ? storage.instant(eval.expression(), eval.start())
            : storage.range(eval.expression(), eval.start(), eval.end(), eval.step());
    String query =
        eval.instant()
            ? eval.expression() + " at " + eval.start() + " ms"
            : eval.expression() + " from " + eval.start() + " to " + eval.end() + " ms";
    Optional<Failure> failure =
        Comparison.mismatch(eval, answer, true)
            .map(complaint -> failure(file, eval, query, complaint, answer));
    if (failure.isPresent() || !furtherForms || !eval.instant() || eval.expectation().fails()) {
      return failure;
    }
    return inRange(file, eval).or(() -> pinned(file, eval));
  }

  private static Failure failure(
      String file, Command.Eval eval, String query, String complaint, Answer answer) {
    return new Failure(
        file,
        eval.line(),
        query,
        complaint,
        AnswerText.lines(eval.expectation()),
        AnswerText.lines(answer));
  }

  /** As the middle step of a range query. */
  private Optional<Failure> inRange(String file, Command.Eval eval) {
    Expectation expectation = eval.expectation();
    if (expectation.rangeVector != null
        || expectation.string != null
        || expectation.ordered
        || PinnedQuery.dependsOnRange(eval.expression())) {
      return Optional.empty();
    }
    long time = eval.start();
    Answer answer =
        MiddleStep.of(
            storage.range(eval.expression(), time - MINUTE, time + MINUTE, MINUTE),
            time,
            expectation.scalar != null);
    return Comparison.mismatch(eval, answer, false)
        .map(complaint ->
            failure(file, eval, eval.expression() + " as middle of a range", complaint, answer));
  }

  /** At other times, with the time of the query on every selector. */
  private Optional<Failure> pinned(String file, Command.Eval eval) {
    Optional<String> pinned = PinnedQuery.of(eval.expression(), eval.start());
    if (pinned.isEmpty()) {
      return Optional.empty();
    }
    long time = eval.start();
    long[] times =
        time == 0 ? new long[] {-1000, 1000} : new long[] {-10 * time, 0, time / 5, 10 * time};
    for (long other : times) {
      Answer answer = storage.instant(pinned.get(), other);
      Optional<String> mismatch = Comparison.mismatch(eval, answer, false);
      if (mismatch.isPresent()) {
        String query = pinned.get() + " at " + other + " ms";
        return Optional.of(failure(file, eval, query, mismatch.get(), answer));
      }
    }
    return Optional.empty();
  }
}
