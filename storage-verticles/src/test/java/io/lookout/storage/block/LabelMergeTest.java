package io.lookout.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Series of a remembered answer, of heads, and of both. */
class LabelMergeTest {
  private static LabelQuery query(int limit) {
    List<List<Matcher>> all = List.of(List.of(Matcher.equal("__name__", "m")));
    return new LabelQuery(LabelQuery.Kind.SERIES, "", "", all, 0, 1, limit);
  }

  private static LabelResult series(int from, int to) {
    List<Labels> series = new ArrayList<>();
    IntStream.range(from, to).forEach(i -> series.add(Labels.of("__name__", "m", "i", "" + i)));
    return new LabelResult(List.of(), series, List.of(), false);
  }

  private static LabelResult merged(int limit, LabelResult... parts) {
    LabelMerge merge = new LabelMerge(query(limit));
    for (LabelResult part : parts) {
      merge.add(part);
    }
    return merge.result();
  }

  @Test
  void eachSeriesIsThereOnce() {
    LabelResult known = merged(0, series(0, 20));
    for (int again = 0; again < 2; again++) {
      assertThat(merged(0, known, series(10, 15)).series())
          .containsExactlyInAnyOrderElementsOf(series(0, 20).series());
      assertThat(merged(0, known, series(10, 25), series(24, 30)).series())
          .containsExactlyInAnyOrderElementsOf(series(0, 30).series());
      assertThat(merged(0, series(15, 25), known, merged(0, series(18, 40))).series())
          .containsExactlyInAnyOrderElementsOf(series(0, 40).series());
    }
    assertThat(known.series()).containsExactlyElementsOf(series(0, 20).series());
  }

  @Test
  void theFirstOfThemAreKept() {
    LabelResult result = merged(7, merged(0, series(10, 20)), series(15, 30), series(0, 3));
    TreeSet<Labels> sorted = new TreeSet<>(Labels.ORDER);
    sorted.addAll(series(0, 3).series());
    sorted.addAll(series(10, 30).series());
    assertThat(result.series()).containsExactlyElementsOf(sorted.stream().limit(7).toList());
    assertThat(result.truncated()).isTrue();
  }
}
