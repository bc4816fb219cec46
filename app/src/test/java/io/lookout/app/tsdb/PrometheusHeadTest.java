package io.lookout.app.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusHeadTest {
  private static final int STEPS = 84;
  private static final int LATE = 6;

  @TempDir private Path data = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    DataDirectory.copy(data);
  }

  private PrometheusHead head() throws IOException {
    return PrometheusHead.of(data, PrometheusBlock.in(data)).orElseThrow();
  }

  /** Nothing of the log is passed over. */
  private PrometheusHead withoutBlocks() throws IOException {
    return PrometheusHead.of(data, List.of()).orElseThrow();
  }

  private List<HeadPortion> portions(PrometheusHead head, String part, long records)
      throws IOException {
    List<HeadPortion> portions = new ArrayList<>();
    head.<IOException>read(part, records, portions::add);
    return portions;
  }

  private static int samples(List<HeadPortion> portions) {
    return portions.stream().mapToInt(HeadPortion::samples).sum();
  }

  @Test
  void blocksAndLogTogetherHaveAllSamples() throws IOException {
    Map<String, NavigableMap<Long, String>> samples = DataDirectory.samples(data);

    assertThat(samples.get("gauge")).hasSize(STEPS + LATE);
    for (String name : List.of("integers", "floats", "custom", "custom_floats")) {
      assertThat(samples.get(name)).as(name).hasSize(STEPS);
    }
    long start = Objects.requireNonNull(samples.get("integers")).firstKey();
    assertThat(samples.get("gauge")).containsEntry(start + 600_000 * 80, "" + Math.sin(80) * 1e5);
    assertThat(samples.get("custom"))
        .hasEntrySatisfying(
            start + 600_000 * 80, sample -> assertThat(sample).contains("count:480"));
    assertThat(samples.get("gone")).isEmpty();
    assertThat(samples.get("partly_deleted")).hasSize(STEPS - 8 - 4);
  }

  @Test
  void whatIsInBlocksIsNotReadFromTheLog() throws IOException {
    int withBlocks = samples(portions(head(), "", 0));
    int without = samples(portions(withoutBlocks(), "", 0));

    assertThat(withBlocks).isPositive().isLessThan(without);
  }

  @Test
  void exemplarsAreThere() throws IOException {
    assertThat(portions(head(), "", 0))
        .flatMap(HeadPortion::series)
        .flatMap(HeadPortion.HeadSeries::exemplars)
        .singleElement()
        .satisfies(exemplar -> assertThat(exemplar.labels().valueOf("trace_id")).isEqualTo("7f"));
  }

  @Test
  void goesOnBehindAPortion() throws IOException {
    PrometheusHead head = head();
    List<HeadPortion> all = portions(head, "", 0);
    for (int i = 0; i < all.size(); i++) {
      List<HeadPortion> rest = portions(head, all.get(i).part(), all.get(i).records());
      assertThat(samples(rest)).isEqualTo(samples(all.subList(i + 1, all.size())));
    }
    HeadPortion first = all.getFirst();
    assertThat(samples(portions(head, first.part(), first.records() - 1)))
        .isGreaterThan(samples(all) - first.samples());
  }

  @Test
  void aLogThatEndsWithinARecordIsReadUpToThere() throws IOException {
    int all = samples(portions(withoutBlocks(), "", 0));
    Path cut = LogSegments.of(data.resolve("wal")).get(1);
    try (FileChannel file = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      file.truncate(usedBytes(cut) - 5);
    }
    PrometheusHead head = withoutBlocks();

    assertThat(samples(portions(head, "", 0))).isPositive().isLessThan(all);
    assertThat(head.problems())
        .singleElement()
        .asString()
        .contains("wal/" + cut.getFileName() + " is read up to");
  }

  /** Without the zeros that the last page ends with. */
  private static long usedBytes(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  @Test
  void samplesWithoutASeriesAreCounted() throws IOException {
    for (Path file : LogSegments.of(data.resolve("wal"))) {
      if (file.toString().contains("checkpoint")) {
        Files.delete(file);
      }
    }
    PrometheusHead head = head();

    portions(head, "", 0);

    assertThat(head.problems()).anyMatch(problem -> problem.contains("does not tell of"));
  }

  @Test
  void withoutALogThereIsNone() throws IOException {
    assertThat(PrometheusHead.of(data.resolve("nowhere"), List.of())).isEmpty();
  }
}
