package io.lookout.query.promql.script;

import io.lookout.model.SeriesText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a script: commands, each with the lines below it up to the next blank one. */
final class ScriptParser {
  private static final Pattern LOAD = Pattern.compile("load(_with_nhcb)?\\s+(.+)");
  private static final Pattern INSTANT =
      Pattern.compile("eval(?:_(fail|warn|info|ordered))?\\s+instant\\s+(?:at\\s+(\\S+)\\s+)?(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)"
              + "\\s+step\\s+(\\S+)\\s+(.+)");

  private final String file;
  private final List<String> lines;
  private int next;

  private ScriptParser(String file, String text) {
    this.file = file;
    this.lines = text.lines().map(ScriptParser::withoutComment).toList();
  }

  private static String withoutComment(String line) {
    String stripped = line.strip();
    return stripped.startsWith("#") ? "" : stripped;
  }

  /**
   * The commands of a script.
   *
   * @param file for messages
   * @throws ScriptException with file and line where it cannot be read
   */
  static List<Command> parse(String file, String text) {
    return new ScriptParser(file, text).commands();
  }

  private List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    while (next < lines.size()) {
      String line = lines.get(next++);
      if (!line.isEmpty()) {
        try {
          commands.add(command(line, next));
        } catch (ScriptException e) {
          throw e.at(file, next);
        }
      }
    }
    return commands;
  }

  private Command command(String line, int number) {
    String word = line.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    if (word.equals("clear")) {
      return new Command.Clear(number);
    }
    if (word.startsWith("load")) {
      return load(line, number);
    }
    if (word.startsWith("eval")) {
      return eval(line, number);
    }
    throw new ScriptException(
        "invalid command " + SeriesText.quote(line) + ": clear, load or eval was expected");
  }

  private Command load(String line, int number) {
    Matcher load = LOAD.matcher(line);
    if (!load.matches()) {
      throw new ScriptException("invalid load command. (load[_with_nhcb] <step:duration>)");
    }
    long step = ScriptTimes.millis("step", load.group(2));
    SeriesBlock series = new SeriesBlock(file);
    for (String below = blockLine(); below != null; below = blockLine()) {
      series.line(below, next);
    }
    return new Command.Load(number, step, load.group(1) != null, series.series());
  }

  private Command eval(String line, int number) {
    Matcher instant = INSTANT.matcher(line);
    if (instant.matches()) {
      String at = instant.group(2);
      long time = at == null ? 0 : ScriptTimes.millis("timestamp", at);
      Expectation expectation = expectation(instant.group(1), true);
      return new Command.Eval(number, instant.group(3), time, time, 0, expectation);
    }
    Matcher range = RANGE.matcher(line);
    if (range.matches()) {
      Expectation.Times times = ScriptTimes.range(range.group(2), range.group(3), range.group(4));
      Expectation expectation = expectation(range.group(1), false);
      return new Command.Eval(
          number, range.group(5), times.start(), times.end(), times.step(), expectation);
    }
    throw new ScriptException(
        "invalid evaluation command. Must be either 'eval[_fail|_warn|_info|_ordered] instant [at"
            + " <offset:duration>] <query>' or 'eval[_fail|_warn|_info] range from <from> to <to>"
            + " step <step> <query>'");
  }

  /** The next line of the block, or null at its end. */
  private @Nullable String blockLine() {
    return next < lines.size() && !lines.get(next).isEmpty() ? lines.get(next++) : null;
  }

  private Expectation expectation(@Nullable String legacy, boolean instant) {
    ExpectationParser parser = new ExpectationParser(legacy, instant);
    for (String line = blockLine(); line != null; line = blockLine()) {
      parser.line(line);
    }
    return parser.expectation();
  }
}
