package io.lookout.app.differential;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Has both servers read the same texts, generated expressions and spoiled ones, and collects where
 * tree, formatted text or error message (with its position) differ. Nothing is evaluated. What
 * releases before {@code fill} are known to read or word otherwise is left out by rule.
 *
 * <p>As a command: {@code SyntaxComparison URL_OF_LOOKOUT URL_OF_PROMETHEUS EXPRESSIONS SEED};
 * prints differences, and ends with {@code N passed, N failed}.
 */
final class SyntaxComparison {
  private static final Set<String> NEWER = Set.of("anchored", "smoothed", "fillValues");

  /** What they say of durations, and of what they do not cope with. */
  private static final Pattern OLDER_WORDS =
      Pattern.compile(
          "unexpected (error|colon|character in duration expression)|expected number or duration"
              + "|<Item \\d+>");

  /** Functions since; but not as times of an {@code @}. */
  private static final Pattern OLDER_NAMES =
      Pattern.compile("(?i)(?<!@)(?<!@ )(?<!@  )\\b(start|end)\\s*\\(");

  private final Server lookout;
  private final Server prometheus;
  private final List<String> differences = new ArrayList<>();
  private int asked;
  private boolean newer;

  SyntaxComparison(Server lookout, Server prometheus) {
    this.lookout = lookout;
    this.prometheus = prometheus;
  }

  /** Each expression as it was generated, and twice spoiled. */
  SyntaxComparison run(int expressions, long seed) throws IOException, InterruptedException {
    Dialect dialect = Dialect.of(prometheus);
    newer = dialect.fill();
    ExpressionGenerator generator = new ExpressionGenerator(seed, dialect);
    Mutation mutation = new Mutation(new SplittableRandom(seed));
    for (int i = 0; i < expressions; i++) {
      String expression = generator.next();
      ask(expression);
      ask(mutation.of(expression));
      ask(mutation.of(expression));
    }
    return this;
  }

  private void ask(String text) throws IOException, InterruptedException {
    for (String endpoint : List.of("parse_query", "format_query")) {
      String here = shown(lookout.syntax(endpoint, text));
      String there = shown(prometheus.syntax(endpoint, text));
      if (!newer && isOlder(text, there)) {
        continue;
      }
      asked++;
      if (!here.equals(there)) {
        differences.add(endpoint + " " + text + "\n    here  " + here + "\n    there " + there);
      }
    }
  }

  private static boolean isOlder(String text, String answer) {
    return OLDER_WORDS.matcher(answer).find() || OLDER_NAMES.matcher(text).find();
  }

  /** A tree with its keys in order, without what a release before {@code fill} does not say. */
  private static String shown(Object answer) {
    return switch (answer) {
      case JsonObject tree -> {
        Map<String, String> parts = new TreeMap<>();
        tree.fieldNames().forEach(key -> parts.put(key, shown(tree.getValue(key))));
        NEWER.forEach(parts::remove);
        yield parts.toString();
      }
      case JsonArray list -> list.stream().map(SyntaxComparison::shown).toList().toString();
      case null, default -> String.valueOf(answer);
    };
  }

  List<String> differences() {
    return differences;
  }

  String summary() {
    return (asked - differences.size()) + " passed, " + differences.size() + " failed";
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 4) {
      System.err.println("usage: SyntaxComparison URL_OF_LOOKOUT URL_OF_PROMETHEUS TEXTS SEED");
      System.exit(2);
    }
    SyntaxComparison comparison =
        new SyntaxComparison(new Server(args[0]), new Server(args[1]))
            .run(Integer.parseInt(args[2]), Long.parseLong(args[3]));
    comparison.differences().forEach(System.out::println);
    System.out.println(comparison.summary());
    System.exit(comparison.differences().isEmpty() ? 0 : 1);
  }
}
