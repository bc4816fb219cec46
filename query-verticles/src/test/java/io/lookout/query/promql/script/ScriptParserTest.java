package io.lookout.query.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "foo bar; 1: invalid command \"foo bar\": clear, load or eval was expected",
        "load; 1: invalid load command. (load[_with_nhcb] <step:duration>)",
        "load 1q; 1: invalid step definition \"1q\": not a valid duration string: \"1q\"",
        "load 1m|  a 1 foo; 2: no value of a series: foo",
        "load 1m|  a{b=\"c} 1; 2: no series: a{b=\"c} 1",
        "load 1m|  a{b=\"\\xzz\"} 1; 2: no escape sequence in a string: \\xzz",
        "load 1m|  a 1x9999999999; 2: too many values: 1x9999999999",
        "load 1m|  a {{foo:1}}; 2: unknown field of a histogram: foo",
        "load 1m|  a {{schema:9}}; 2: invalid schema of a histogram: 9",
        "load 1m|  a {{sum:1 sum:2}}; 2: duplicate key \"sum\" in histogram",
        "eval instant at x a; 1: invalid timestamp definition \"x\": not a valid duration string: \"x\"",
        "eval range from 1m to 0 step 1m a;"
            + " 1: invalid test definition, end timestamp (0) is before start timestamp (1m)",
        "eval range from 0 to 1m step 0 a; 1: invalid step definition \"0\": it must be above 0",
        "eval instant at 0 a|  expect fail regex:(; 2: invalid regex (: Unclosed group",
        "eval instant at 0 a|  expect warn|  expect no_warn;"
            + " 3: invalid expect lines, warn and no_warn cannot be used together",
        "eval instant at 0 a|  expect info|  expect no_info;"
            + " 3: invalid expect lines, info and no_info cannot be used together",
        "eval instant at 0 a|  expect fail|  expect fail msg:x;"
            + " 3: invalid expect lines, multiple expect fail lines are not allowed",
        "eval instant at 0 a|  expect range vector; 2: invalid range vector definition"
            + " \"expect range vector\"",
      })
  void whatCannotBeReadIsNamedWithItsLine(String script, String problem) {
    assertThatThrownBy(() -> ScriptParser.parse("my.test", script.replace('|', '\n')))
        .isInstanceOf(ScriptException.class)
        .hasMessage("my.test:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "expect foo; invalid expect statement, must match `expect <type> <match_type>: <string>`",
        "expect string a; expected string literal not valid",
        "a 1 2; expecting multiple values in instant evaluation not allowed",
      })
  void expectationsSayWhatTheyMayBe(String line, String problem) {
    assertThatThrownBy(() -> ScriptParser.parse("my.test", "eval instant at 0 a\n  " + line))
        .hasMessageStartingWith("my.test:2: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a@st -1m; @st line has no following sample line",
        "a@st -1m|  a@st -1m|  a 1; @st line has no following sample line",
        "a@st -1m|  b 1; @st metric does not match the following sample line metric",
        "a@st -1m -1m|  a 1; @st line has 2 values but sample line has 1",
      })
  void startTimestampsBelongToTheNextLine(String lines, String problem) {
    String script = "load 1m\n  " + lines.replace('|', '\n');
    assertThatThrownBy(() -> ScriptParser.parse("my.test", script))
        .hasMessage("my.test:2: " + problem);
  }

  @Test
  void startTimestampsWithoutASeriesAreForAllThatHaveNone() {
    List<Command> commands =
        ScriptParser.parse(
            "my.test",
            """
            load 1m
              @st -1m _ -30s
              a 1 2 3 4
              b@st -5s *x2
              b 1 2 3 4
            """);
    assertThat(((Command.Load) commands.getFirst()).series())
        .extracting(Command.SeriesLine::startOffsets)
        .containsExactly(
            Arrays.asList(-60_000L, null, -30_000L, -60_000L),
            List.of(-5000L, -5000L, -5000L, -5000L));
  }
}
