package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.cluster.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ingest alone, with a relay: what it has acknowledged arrives, whatever is killed meanwhile.
 * {@code -Dcrash.rounds=50} kills more often, and has the target away for longer.
 */
class AgentIT {
  private static final int KILLS = Math.max(2, Integer.getInteger("crash.rounds", 5) / 2);
  private static final int SERIES = 20;
  private static final long HOUR = 3_600_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory = Path.of("");

  private LookoutProcess agent(String target) throws IOException {
    return LookoutProcess.start(
        directory.resolve("agent"),
        "--roles",
        "ingest",
        "--set",
        "relay.url=" + target + "/api/v1/write",
        "--set",
        "relay.retry.longest=200ms",
        "--set",
        "scrape.self=false");
  }

  private LookoutProcess server(String address) throws IOException {
    return LookoutProcess.start(
        directory.resolve("server"), "--set", "scrape.self=false", "--listen", address);
  }

  /**
   * Each hour of samples, a moment under load, and then a kill; nobody takes anything meanwhile.
   */
  @Test
  void hoursWithoutATargetAndKillsUnderLoadLoseAndDoubleNothing() throws Exception {
    // The hours are over before the load begins, whose times are those of the clock.
    long start = System.currentTimeMillis() - (KILLS + 2) * HOUR;
    OutageLoad hours = new OutageLoad(SERIES, start, 15_000);
    CrashLoad load = new CrashLoad();
    SplittableRandom random = new SplittableRandom(11);
    String target = "127.0.0.1:" + FreePort.find();
    for (int kill = 0; kill < KILLS; kill++) {
      try (LookoutProcess agent = agent("http://" + target)) {
        hours.write(agent.url(), HOUR);
        load.run(agent.url(), 50 + random.nextInt(200), agent::kill);
      }
    }
    try (LookoutProcess again = agent("http://" + target);
        LookoutProcess server = server(target)) {
      assertThat(again.url()).doesNotEndWith(target);
      await().atMost(PATIENCE).untilAsserted(() -> hours.assertComplete(server.url()));
      for (int number : new int[] {0, SERIES, Samples.SERIES - 1}) {
        await().atMost(PATIENCE).untilAsserted(() -> isWhatWasSent(server.url(), number, load));
      }
    }
  }

  /**
   * What was not answered may be there or not; a time that is there twice is refused on the way.
   */
  private static void isWhatWasSent(String url, int number, CrashLoad load) {
    SortedMap<Long, Double> found = Samples.of(url, number, load.lastTime() + 1);
    assertThat(found).containsAllEntriesOf(load.acknowledged());
    assertThat(load.attempted()).containsAll(found.keySet());
    found.forEach((time, value) -> assertThat(value).isEqualTo(CrashLoad.value(time)));
  }
}
