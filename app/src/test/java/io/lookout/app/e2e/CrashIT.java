package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is acknowledged survives {@code kill -9}, whenever that comes. Windows of a few seconds
 * close and are sealed meanwhile. {@code -Dcrash.rounds=50} kills more often.
 */
class CrashIT {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 5);

  /** Of the series, after each kill; after the last all are looked at. */
  private static final int EVERY = 33;

  @TempDir private Path directory = Path.of("");

  private LookoutProcess start() throws IOException {
    return LookoutProcess.start(
        directory,
        "--set=scrape.self=false",
        "--set=storage.window=5s",
        "--set=storage.seal.delay=1s",
        "--set=storage.late.delay=1s",
        "--set=storage.wal.segment.bytes=64KiB");
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingDoubled() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(50);
    CrashLoad load = new CrashLoad();
    for (int round = 0; round < ROUNDS; round++) {
      try (LookoutProcess node = start()) {
        verify(node, load, EVERY);
        load.run(node.url(), 20 + random.nextInt(600), node::kill);
      }
    }
    try (LookoutProcess node = start()) {
      verify(node, load, 1);
    }
  }

  /** A write that was not answered may be there or not, but whole samples only. */
  private static void verify(LookoutProcess node, CrashLoad load, int every) {
    for (int number = 0; number < Samples.SERIES; number += every) {
      SortedMap<Long, Double> found = Samples.of(node.url(), number, load.lastTime() + 1);
      assertThat(found).containsAllEntriesOf(load.acknowledged());
      assertThat(load.attempted()).containsAll(found.keySet());
      found.forEach((time, value) -> assertThat(value).isEqualTo(CrashLoad.value(time)));
    }
  }

  @Test
  void aSecondNodeOnTheSameDirectoryIsRefused() throws IOException {
    try (LookoutProcess first = start()) {
      String url = first.url(); // The port file is of whoever started last.
      assertThatThrownBy(this::start)
          .hasMessageContaining("data directory")
          .hasMessageContaining("is in use by another Lookout");
      assertThat(Samples.status(url + "/-/ready")).isEqualTo(200);
    }
  }
}
