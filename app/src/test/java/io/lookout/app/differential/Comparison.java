package io.lookout.app.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks both servers the same generated questions and collects where they differ.
 *
 * <p>As a command: {@code Comparison URL_OF_LOOKOUT URL_OF_PROMETHEUS EXPRESSIONS SEED}; loads the
 * data set of the seed into both, prints differences, and ends with {@code N passed, N failed}.
 */
final class Comparison {
  /**
   * What Lookout has on, and Prometheus only when told: names that a release has not are no error.
   */
  static final String FEATURES =
      "native-histograms,promql-experimental-functions,promql-delayed-name-removal,"
          + "promql-duration-expr,promql-extended-range-selectors,promql-binop-fill-modifiers";

  private static final long[] STEPS = {15_000, 60_000, 300_000, 47_000};

  private final Server lookout;
  private final Server prometheus;
  private final List<String> differences = new ArrayList<>();
  private int asked;

  Comparison(Server lookout, Server prometheus) {
    this.lookout = lookout;
    this.prometheus = prometheus;
  }

  /** Each expression once over a range and once at an instant. */
  Comparison run(DataSet data, int expressions, long seed)
      throws IOException, InterruptedException {
    Dialect dialect = Dialect.of(prometheus);
    ExpressionGenerator generator = new ExpressionGenerator(seed, dialect);
    for (int i = 0; i < expressions; i++) {
      String expression = generator.next();
      long end = data.end() - (i % 7) * 600_000L;
      long start = Math.max(data.start(), end - (1 + i % 3) * 3_600_000L);
      long step = STEPS[i % STEPS.length];
      note(
          expression + " from " + start + " to " + end + " step " + step,
          server -> server.range(expression, start, end, step),
          dialect);
      note(expression + " at " + end, server -> server.instant(expression, end), dialect);
    }
    return this;
  }

  /** Asks a server. */
  private interface Question {
    Answer ask(Server server) throws IOException, InterruptedException;
  }

  /**
   * What differs is asked again: Prometheus 3.5 computes histograms in memory that it uses for
   * others at the same time, so that now and then an answer of it is another one.
   */
  private void note(String text, Question question, Dialect dialect)
      throws IOException, InterruptedException {
    asked++;
    if (difference(question, dialect).isEmpty()) {
      return;
    }
    String difference = difference(question, dialect);
    if (!difference.isEmpty()) {
      differences.add(text + "\n    " + difference);
    }
  }

  private String difference(Question question, Dialect dialect)
      throws IOException, InterruptedException {
    Answer here = question.ask(lookout);
    return (dialect.fill() ? here : here.withoutNewerNotes()).difference(question.ask(prometheus));
  }

  List<String> differences() {
    return differences;
  }

  String summary() {
    return (asked - differences.size()) + " passed, " + differences.size() + " failed";
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 4) {
      System.err.println("usage: Comparison URL_OF_LOOKOUT URL_OF_PROMETHEUS EXPRESSIONS SEED");
      System.exit(2);
    }
    Server lookout = new Server(args[0]);
    Server prometheus = new Server(args[1]);
    long seed = Long.parseLong(args[3]);
    long now = System.currentTimeMillis();
    DataSet data = DataSet.of(seed, now - now % 300_000 - 300_000);
    lookout.load(data);
    prometheus.load(data);
    Comparison comparison =
        new Comparison(lookout, prometheus).run(data, Integer.parseInt(args[2]), seed);
    comparison.differences().forEach(System.out::println);
    System.out.println(comparison.summary());
    System.exit(comparison.differences().isEmpty() ? 0 : 1);
  }
}
