package io.lookout.app.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spoils expressions: tokens are left out, put in, exchanged, repeated, replaced, cut short. */
final class Mutation {
  private static final Pattern TOKENS =
      Pattern.compile("\\s+|\"[^\"]*\"|[A-Za-z_][\\w:]*|[0-9][\\w.]*|[=!<>~]+|.", Pattern.DOTALL);
  private static final List<String> OTHERS =
      List.of(
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "+",
          "-",
          "*",
          "/",
          "^",
          "%",
          "==",
          "=",
          "!=",
          "=~",
          "!~",
          "<",
          ">",
          "and",
          "or",
          "unless",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool",
          "offset",
          "@",
          "sum",
          "topk",
          "rate",
          "nothing",
          "time",
          "start()",
          "end()",
          "5m",
          "1h30m",
          "5",
          "0x1f",
          "1e5",
          "Inf",
          "NaN",
          "\"text\"",
          "'text'",
          "`text`",
          "\"open",
          "foo",
          "foo:bar",
          "job",
          "le",
          "#",
          "\n",
          "\\",
          "$",
          "!",
          "&",
          "é",
          ".",
          "1.5.5",
          "5mm",
          "08",
          "atan2",
          "count_values",
          "quantile",
          "absent",
          "label_replace",
          "\"\\z\"",
          "\"\\xff\"",
          "__name__",
          "inf",
          "5m5",
          "1_000",
          "'",
          "~");

  private final SplittableRandom random;

  Mutation(SplittableRandom random) {
    this.random = random;
  }

  String of(String expression) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKENS.matcher(expression);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    for (int changes = 1 + random.nextInt(2); changes > 0 && !tokens.isEmpty(); changes--) {
      change(tokens);
    }
    return String.join("", tokens);
  }

  private void change(List<String> tokens) {
    int at = random.nextInt(tokens.size());
    int other = random.nextInt(tokens.size());
    switch (random.nextInt(6)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, " " + OTHERS.get(random.nextInt(OTHERS.size())) + " ");
      case 2 -> tokens.set(at, tokens.set(other, tokens.get(at)));
      case 3 -> tokens.add(at, tokens.get(other));
      case 4 -> tokens.set(at, OTHERS.get(random.nextInt(OTHERS.size())));
      default -> tokens.subList(at, tokens.size()).clear();
    }
  }
}
