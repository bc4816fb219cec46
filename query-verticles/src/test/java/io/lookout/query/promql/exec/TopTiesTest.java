package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which series win does not depend on the order in which storage gives them. */
class TopTiesTest {
  private static final Language NAMES_GO_AT_ONCE =
      new Language(Set.of(Feature.DELAYED_NAME_REMOVAL), Set.of());

  /** Many equal values, and many that are NaN. */
  private static MemorySource ties() {
    SplittableRandom random = new SplittableRandom(11);
    MemorySource source = new MemorySource();
    for (int i = 0; i < 40; i++) {
      double[] values = new double[8];
      for (int k = 0; k < values.length; k++) {
        values[k] = random.nextInt(3) == 0 ? Double.NaN : random.nextInt(3);
      }
      String metric = i % 2 == 0 ? "x" : "y";
      source.with(Labels.of("Z", "" + i % 5, "__name__", metric, "i", "" + i), values);
    }
    return source;
  }

  /** Gives series out of their order to those who do not ask for it. */
  private record Shuffled(SampleSource source) implements SampleSource {
    @Override
    public SeriesSet select(Selection selection) {
      return source.select(selection);
    }

    @Override
    public SeriesSet inAnyOrder(Selection selection) {
      SeriesSet sorted = source.select(selection);
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < sorted.size(); i++) {
        places.add(i);
      }
      Collections.shuffle(places, new Random(3));
      return new SeriesSet() {
        @Override
        public int size() {
          return sorted.size();
        }

        @Override
        public Labels labels(int i) {
          return sorted.labels(places.get(i));
        }

        @Override
        public Reader reader() {
          Reader reader = sorted.reader();
          return (i, minTime, maxTime, out) -> reader.read(places.get(i), minTime, maxTime, out);
        }
      };
    }
  }

  private static List<String> evaluate(SampleSource source, String expr, Query query) {
    QueryResult.Value value =
        Engine.singleThreaded()
            .evaluate(
                Planner.plan(PromqlParser.parse(expr, query.language()), query),
                source,
                Limits.NONE,
                Cancellation.NEVER)
            .value();
    List<SeriesSteps> series =
        switch (value) {
          case QueryResult.Vector vector -> vector.series();
          case QueryResult.Matrix matrix -> matrix.series();
          default -> throw new AssertionError(value);
        };
    return series.stream().map(each -> each.labels() + Arrays.toString(each.values)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topk(3, {i!=\"\"})",
        "bottomk(7, {i!=\"\"})",
        "topk(30, x)",
        "topk(39, {i!=\"\"})",
        "topk(100, {i!=\"\"})",
        "topk(2, -{i!=\"\"})",
        "bottomk(5, 0 * {i!=\"\"})",
        "topk(4, abs(x))",
        "topk(3, max_over_time(x[1m]))",
        "topk(2, x @ 30)",
        "topk by (Z) (2, {i!=\"\"})",
        "bottomk without (i) (2, {i!=\"\"})",
      })
  void theFirstLabelsWin(String expr) {
    for (Language language : List.of(Language.PROMQL, NAMES_GO_AT_ONCE)) {
      for (Query query : List.of(Query.instant(75_000), Query.range(0, 105_000, 15_000))) {
        Query asked = query.in(language);
        assertThat(evaluate(new Shuffled(ties()), expr, asked))
            .isNotEmpty()
            .isEqualTo(evaluate(ties(), expr, asked));
      }
    }
  }
}
