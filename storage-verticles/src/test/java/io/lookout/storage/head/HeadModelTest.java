package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkMerge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The head against the simplest thing that could hold samples: a sorted map for each series. */
class HeadModelTest {
  private static final long SEED = 4711;
  private static final long WINDOW = 1000;
  private static final String TENANT = "t";
  private static final int SERIES = 6;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Head head = new Head(new HeadOptions(WINDOW, 10, 10, 1 << 20, 100));
  private final Map<Integer, TreeMap<Long, Double>> model = new HashMap<>();

  /** What was frozen and not yet released: window, generation, samples. */
  private record Frozen(long window, long generation, Map<Integer, TreeMap<Long, Double>> part) {}

  private final List<Frozen> frozen = new ArrayList<>();
  private long time = 10_000;

  @Test
  void holdsWhatAMapHolds() {
    for (int round = 0; round < 2500; round++) {
      append(1 + random.nextInt(40));
      switch (random.nextInt(60)) {
        case 0 -> freeze();
        case 1 -> release();
        case 2 -> time += WINDOW / 2;
        default -> compare(random.nextInt(SERIES));
      }
    }
    assertThat(head.counts().outOfOrder).isPositive();
    assertThat(head.counts().duplicates).isPositive();
    assertThat(head.counts().replaced).isPositive();
    while (!frozen.isEmpty()) {
      release();
    }
    for (int series = 0; series < SERIES; series++) {
      compare(series);
    }
  }

  private static SeriesKey key(int series) {
    return SeriesKey.of(TENANT, Labels.of("__name__", "m", "series", Integer.toString(series)));
  }

  private void append(int samples) {
    WriteBatch.Builder batch = new WriteBatch.Builder(TENANT, samples);
    for (int i = 0; i < samples; i++) {
      int series = random.nextInt(SERIES);
      long at = nextTime();
      double value = random.nextInt(3);
      batch.sample(batch.series(key(series)), at, value);
      model.computeIfAbsent(series, s -> new TreeMap<>()).put(at, value);
    }
    WriteBatch built = batch.build();
    int[] slots = new int[built.seriesCount() + 1];
    for (int i = 0; i < built.seriesCount(); i++) {
      slots[i + 1] = head.resolve(built.series()[i]);
    }
    head.append(built, slots, 1, 0);
  }

  /** Mostly ahead, sometimes behind: within reach of the open columns, or far. */
  private long nextTime() {
    return switch (random.nextInt(12)) {
      case 0 -> time - random.nextInt(20);
      case 1 -> random.nextInt(10) == 0 ? time - random.nextInt(3000) : time;
      default -> time += random.nextInt(3);
    };
  }

  private void compare(int series) {
    long from = time - random.nextInt(4000);
    long to = from + random.nextInt(4000);
    SelectRequest request =
        new SelectRequest(
            TENANT,
            List.of(Matcher.equal("series", Integer.toString(series))),
            from,
            to,
            10,
            1 << 20);
    TreeMap<Long, Double> found = new TreeMap<>();
    for (SeriesChunks each : head.select(request)) {
      assertAscending(each.chunks());
      SampleColumns columns = new ChunkMerge().samples(each.chunks());
      for (int i = 0; i < columns.size; i++) {
        if (columns.times[i] >= from && columns.times[i] <= to) {
          found.put(columns.times[i], columns.values[i]);
        }
      }
    }
    assertThat(found).isEqualTo(expected(series).subMap(from, true, to, true));
  }

  private static void assertAscending(List<Chunk> chunks) {
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i).minTime()).isGreaterThan(chunks.get(i - 1).maxTime());
    }
  }

  private void freeze() {
    List<Long> windows = head.sealable(Long.MAX_VALUE, 0, 0, Long.MAX_VALUE);
    long window = windows.get(random.nextInt(windows.size()));
    if (head.frozenGeneration(window) != null) {
      return;
    }
    long generation = head.newGeneration(0);
    head.freeze(window, generation);
    Map<Integer, TreeMap<Long, Double>> part = new HashMap<>();
    model.forEach((series, samples) -> {
      SortedMap<Long, Double> inside = samples.subMap(window, window + WINDOW);
      if (!inside.isEmpty()) {
        part.put(series, new TreeMap<>(inside));
        inside.clear();
      }
    });
    assertThat(frozenSamples(generation)).isEqualTo(part);
    frozen.add(new Frozen(window, generation, part));
  }

  private Map<Integer, Map<Long, Double>> frozenSamples(long generation) {
    Map<Integer, Map<Long, Double>> found = new HashMap<>();
    for (SeriesChunks each : head.frozen(generation)) {
      assertAscending(each.chunks());
      TreeMap<Long, Double> samples = new TreeMap<>();
      SampleColumns columns = new ChunkMerge().samples(each.chunks());
      for (int i = 0; i < columns.size; i++) {
        samples.put(columns.times[i], columns.values[i]);
      }
      found.put(Integer.parseInt(each.key().labels().valueOf("series")), samples);
    }
    return found;
  }

  private void release() {
    if (!frozen.isEmpty()) {
      Frozen oldest = frozen.remove(0);
      head.release(oldest.window(), oldest.generation(), slot -> {});
    }
  }

  /** What was frozen, and over it what came since. */
  private NavigableMap<Long, Double> expected(int series) {
    TreeMap<Long, Double> samples = new TreeMap<>();
    for (Frozen each : frozen) {
      samples.putAll(each.part().getOrDefault(series, new TreeMap<>()));
    }
    samples.putAll(model.getOrDefault(series, new TreeMap<>()));
    return samples;
  }
}
