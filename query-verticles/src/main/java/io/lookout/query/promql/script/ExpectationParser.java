package io.lookout.query.promql.script;

import io.lookout.query.promql.script.Expectation.Message;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lines below an {@code eval}. */
final class ExpectationParser {
  private static final Pattern EXPECT =
      Pattern.compile(
          "expect\\s+(ordered|fail|warn|no_warn|info|no_info)(?:\\s+(msg|regex):(.+))?");
  private static final Pattern STRING = Pattern.compile("expect\\s+string\\s+(.+)");
  private static final Pattern TIMES =
      Pattern.compile(
          "expect\\s+range\\s+vector\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)");
  private static final Pattern OLDER = Pattern.compile("expected_fail_(message|regexp)\\s+(.+)");

  private static final Message ANY = new Message(null, null);

  private final Expectation expectation = new Expectation();

  /**
   * @param legacy what follows {@code eval_}, or null
   */
  ExpectationParser(@Nullable String legacy) {
    if (legacy != null) {
      expect(legacy, ANY);
    }
  }

  Expectation expectation() {
    return expectation;
  }

  void line(String line) {
    Matcher expect = EXPECT.matcher(line);
    Matcher string = STRING.matcher(line);
    Matcher times = TIMES.matcher(line);
    Matcher older = OLDER.matcher(line);
    if (expect.matches()) {
      expect(expect.group(1), message(expect.group(2), expect.group(3)));
    } else if (string.matches()) {
      expectation.string = Quoted.parse(string.group(1).strip());
    } else if (times.matches()) {
      expectation.rangeVector =
          new Expectation.Times(
              ScriptTimes.millis(times.group(1)),
              ScriptTimes.millis(times.group(2)),
              ScriptTimes.millis(times.group(3)));
    } else if (older.matches()) {
      expectation.failures.remove(ANY);
      expect("fail", message(older.group(1).equals("regexp") ? "regex" : "msg", older.group(2)));
    } else if (line.startsWith("expect ")) {
      throw new ScriptException("unknown expectation: " + line);
    } else {
      value(line);
    }
  }

  private static Message message(@Nullable String kind, @Nullable String text) {
    if (kind == null || text == null) {
      return ANY;
    }
    return kind.equals("regex")
        ? new Message(null, Pattern.compile(text.strip()))
        : new Message(text.strip(), null);
  }

  private void expect(String kind, Message message) {
    switch (kind) {
      case "fail" -> expectation.failures.add(message);
      case "warn" -> expectation.warnings.add(message);
      case "info" -> expectation.infos.add(message);
      case "no_warn" -> expectation.noWarnings = true;
      case "no_info" -> expectation.noInfos = true;
      default -> expectation.ordered = true;
    }
  }

  private void value(String line) {
    if (line.matches("[-+.0-9iInN]\\S*") && isNumber(line)) {
      expectation.scalar = Numbers.parse(line);
      return;
    }
    SeriesName.Named named = SeriesName.parse(line);
    expectation.series.add(
        new Command.SeriesLine(named.labels(), ValueSequence.values(named.rest()), List.of()));
  }

  private static boolean isNumber(String line) {
    try {
      Numbers.parse(line);
      return true;
    } catch (ScriptException e) {
      return false;
    }
  }
}
