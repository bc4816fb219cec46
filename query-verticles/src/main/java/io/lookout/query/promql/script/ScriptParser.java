package io.lookout.query.promql.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a script: commands, each with the lines below it up to the next blank one. */
final class ScriptParser {
  private static final Pattern LOAD = Pattern.compile("load(_with_nhcb)?\\s+(\\S+)");
  private static final Pattern INSTANT =
      Pattern.compile("eval(?:_(fail|warn|info|ordered))?\\s+instant\\s+(?:at\\s+(\\S+)\\s+)?(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "eval(?:_(fail|warn|info|ordered))?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)"
              + "\\s+step\\s+(\\S+)\\s+(.+)");
  private static final Pattern START_TIMES = Pattern.compile("@st(?=\\s|$)(.*)");

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
          throw new ScriptException(file, next, String.valueOf(e.getMessage()));
        }
      }
    }
    return commands;
  }

  private Command command(String line, int number) {
    if (line.equals("clear")) {
      return new Command.Clear(number);
    }
    Matcher load = LOAD.matcher(line);
    if (load.matches()) {
      return new Command.Load(
          number, ScriptTimes.millis(load.group(2)), load.group(1) != null, seriesLines());
    }
    Matcher instant = INSTANT.matcher(line);
    if (instant.matches()) {
      long time = instant.group(2) == null ? 0 : ScriptTimes.millis(instant.group(2));
      return new Command.Eval(
          number, instant.group(3), time, time, 0, expectation(instant.group(1)));
    }
    Matcher range = RANGE.matcher(line);
    if (range.matches()) {
      return new Command.Eval(
          number,
          range.group(5),
          ScriptTimes.millis(range.group(2)),
          ScriptTimes.millis(range.group(3)),
          ScriptTimes.millis(range.group(4)),
          expectation(range.group(1)));
    }
    throw new ScriptException("unknown command: " + line);
  }

  /** The next line of the block, or null at its end. */
  private @Nullable String blockLine() {
    return next < lines.size() && !lines.get(next).isEmpty() ? lines.get(next++) : null;
  }

  private List<Command.SeriesLine> seriesLines() {
    List<Command.SeriesLine> series = new ArrayList<>();
    List<@Nullable Long> startOffsets = List.of();
    for (String line = blockLine(); line != null; line = blockLine()) {
      SeriesName.Named named = SeriesName.parse(line);
      Matcher startTimes = START_TIMES.matcher(named.rest());
      if (startTimes.matches()) {
        startOffsets = ValueSequence.offsets(startTimes.group(1));
      } else {
        series.add(
            new Command.SeriesLine(
                named.labels(), ValueSequence.values(named.rest()), startOffsets));
        startOffsets = List.of();
      }
    }
    return series;
  }

  private Expectation expectation(@Nullable String legacy) {
    ExpectationParser parser = new ExpectationParser(legacy);
    for (String line = blockLine(); line != null; line = blockLine()) {
      parser.line(line);
    }
    return parser.expectation();
  }
}
