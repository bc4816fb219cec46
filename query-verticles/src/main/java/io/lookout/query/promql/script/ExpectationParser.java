package io.lookout.query.promql.script;

import io.lookout.model.SeriesText;
import io.lookout.query.promql.script.Expectation.Message;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
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
  private final boolean instant;

  /**
   * @param legacy what follows {@code eval_}, or null
   * @param instant whether it is an instant query
   */
  ExpectationParser(@Nullable String legacy, boolean instant) {
    this.instant = instant;
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
      checkTogether();
    } else if (string.matches()) {
      expectation.string = text(string.group(1).strip());
    } else if (times.matches()) {
      expectation.rangeVector = ScriptTimes.range(times.group(1), times.group(2), times.group(3));
    } else if (older.matches()) {
      expectation.failures.remove(ANY);
      expect("fail", message(older.group(1).equals("regexp") ? "regex" : "msg", older.group(2)));
    } else if (line.startsWith("expect range vector")) {
      throw new ScriptException("invalid range vector definition " + SeriesText.quote(line));
    } else if (line.split("\\s", 2)[0].equals("expect")) {
      throw new ScriptException(
          "invalid expect statement, must match `expect <type> <match_type>: <string>` format: "
              + line);
    } else {
      value(line);
    }
  }

  private void checkTogether() {
    if (!expectation.infos.isEmpty() && expectation.noInfos) {
      throw new ScriptException("invalid expect lines, info and no_info cannot be used together");
    }
    if (!expectation.warnings.isEmpty() && expectation.noWarnings) {
      throw new ScriptException("invalid expect lines, warn and no_warn cannot be used together");
    }
    if (expectation.failures.size() > 1) {
      throw new ScriptException("invalid expect lines, multiple expect fail lines are not allowed");
    }
  }

  private static String text(String literal) {
    try {
      return Quoted.parse(literal);
    } catch (ScriptException e) {
      throw new ScriptException(
          "expected string literal not valid - check that the string is correctly quoted: "
              + literal);
    }
  }

  private static Message message(@Nullable String kind, @Nullable String text) {
    if (kind == null || text == null) {
      return ANY;
    }
    return kind.equals("regex")
        ? new Message(null, pattern(text.strip()))
        : new Message(text.strip(), null);
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new ScriptException("invalid regex " + regex + ": " + e.getDescription());
    }
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
    List<ScriptValue> values = ValueSequence.values(named.rest());
    if (instant && values.size() > 1 && expectation.rangeVector == null) {
      throw new ScriptException(
          "expecting multiple values in instant evaluation not allowed. consider using 'expect"
              + " range vector' directive to enable a range vector result for an instant query");
    }
    expectation.series.add(new Command.SeriesLine(named.labels(), values, List.of()));
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
