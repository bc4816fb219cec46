package io.lookout.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks come while a question for labels is answered. */
class PeriodViewTest {
  private static final long DAY = 86_400_000;

  @TempDir Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LabelTables tables = new LabelTables(1 << 20);
  private final LabelAnswering labels =
      new LabelAnswering(
          new SegmentCache("store", 1 << 20, tables, meters), tables, new Damage("store", meters));

  private static Block block(String metric, long start) {
    SampleColumns samples = new SampleColumns();
    samples.add(start, 1);
    samples.add(start + 1000, 2);
    Chunk chunk = new ChunkEncoder().encode(samples, 0, 2);
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", metric));
    return new BlockWriter("t", metric, start)
        .write(List.of(new SeriesChunks(key, List.of(chunk))))
        .getFirst();
  }

  private static LabelQuery metrics(long from, long to) {
    return new LabelQuery(LabelQuery.Kind.VALUES, "t", "__name__", List.of(), from, to, 0);
  }

  private List<String> metrics(PeriodIndexes indexes, long from, long to) throws IOException {
    try (PeriodView view = indexes.view(from, to)) {
      return labels.answer(metrics(from, to), view).strings();
    }
  }

  @Test
  void anAnswerIsRememberedForTheBlocksThatItIsAbout() throws IOException {
    try (PeriodIndexes indexes = new PeriodIndexes(directory, Duration.ofDays(1))) {
      indexes.put(List.of(block("before", 0)));
      try (PeriodView view = indexes.view(0, DAY)) {
        indexes.put(List.of(block("meanwhile", 5000)));
        assertThat(labels.answer(metrics(0, DAY), view).strings()).containsExactly("before");
      }
      assertThat(metrics(indexes, 0, 2000)).containsExactly("before");
      assertThat(metrics(indexes, 0, DAY)).containsExactly("before", "meanwhile");
    }
  }

  @Test
  void anIndexThatIsDroppedIsSeenToTheEnd() throws IOException {
    try (PeriodIndexes indexes = new PeriodIndexes(directory, Duration.ofDays(1))) {
      indexes.put(List.of(block("old", 0), block("new", DAY)));
      try (PeriodView view = indexes.view(0, 2 * DAY)) {
        indexes.dropBefore(DAY);
        assertThat(labels.answer(metrics(0, 2 * DAY), view).strings())
            .containsExactly("new", "old");
      }
      assertThat(metrics(indexes, 0, 2 * DAY)).containsExactly("new");
    }
  }
}
