package io.lookout.storage.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesMergeTest {
  private static final Labels A = Labels.of("__name__", "a");
  private static final Labels B = Labels.of("__name__", "b");

  private static SeriesChunks series(Labels labels, Chunk... chunks) {
    return RandomSeries.series("t", labels, chunks);
  }

  @Test
  void chunksOfASeriesComeTogetherInTheOrderOfTime() {
    Chunk first = RandomSeries.chunk(1, 100, 200, 1);
    Chunk second = RandomSeries.chunk(1, 300, 400, 1);
    Chunk third = RandomSeries.chunk(1, 500, 600, 1);
    SeriesMerge merge = new SeriesMerge(10, 1000);

    merge.add(List.of(series(A, third), series(B, first)));
    merge.add(List.of(series(A, first)));
    merge.add(List.of(series(A, second)));

    assertThat(merge.result()).containsExactly(series(A, first, second, third), series(B, first));
  }

  @Test
  void ofChunksThatBeginTogetherTheOneAddedLastIsLast() {
    Chunk old = RandomSeries.chunk(1, 100, 200, 1);
    Chunk late = RandomSeries.chunk(1, 100, 150, 2);
    SeriesMerge merge = new SeriesMerge(10, 1000);

    merge.add(List.of(series(A, old)));
    merge.add(List.of(series(A, late)));

    assertThat(merge.result()).containsExactly(series(A, old, late));
  }

  @Test
  void findsEachOfManySeries() {
    SplittableRandom random = new SplittableRandom(5);
    SeriesMerge merge = new SeriesMerge(10_000, Long.MAX_VALUE);
    Map<SeriesKey, Integer> expected = new LinkedHashMap<>();
    for (int part = 0; part < 3000; part++) {
      SeriesChunks each =
          series(
              Labels.of("n", Integer.toString(random.nextInt(1000))),
              RandomSeries.chunk(1, part, part + 1, 1));
      merge.add(List.of(each));
      expected.merge(each.key(), 1, Integer::sum);
    }

    Map<SeriesKey, Integer> found = new LinkedHashMap<>();
    merge.result().forEach(each -> found.merge(each.key(), each.chunks().size(), Integer::sum));
    assertThat(found).containsExactlyEntriesOf(expected);
  }

  @Test
  void whatIsMoreThanTheRequestAllowsFails() {
    Chunk chunk = RandomSeries.chunkOf(80, 1, 100, 200, 1);

    assertThatThrownBy(
            () -> new SeriesMerge(1, 1000).add(List.of(series(A, chunk), series(B, chunk))))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXECUTION))
        .hasMessageContaining("1 series");
    assertThatThrownBy(() -> new SeriesMerge(9, 99).add(List.of(series(A, chunk))))
        .hasMessageContaining("99 bytes");
  }
}
