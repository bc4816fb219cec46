package io.lookout.cluster.http;

import static io.lookout.cluster.http.LingeringSelect.FEWEST_SKIPPED;
import static io.lookout.cluster.http.LingeringSelect.LINGER;
import static io.lookout.cluster.http.LingeringSelect.MOST_SKIPPED;
import static io.lookout.cluster.http.LingeringSelect.OFTEN;
import static io.lookout.cluster.http.LingeringSelect.SOON;
import static io.netty.channel.SelectStrategy.CONTINUE;
import static io.netty.channel.SelectStrategy.SELECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LingeringSelectTest {
  private long now = Long.MAX_VALUE - 10; // As that of the system, it may overflow.
  private int ready;
  private final LingeringSelect select = new LingeringSelect(() -> now);

  private int next() throws Exception {
    return select.calculateStrategy(() -> ready, false);
  }

  /** Goes to sleep and is woken after so long. */
  private void sleep(long nanos) throws Exception {
    assertThat(next()).isEqualTo(SELECT);
    now += nanos;
  }

  /** Looks, and finds bytes just before it would sleep. */
  private void find() throws Exception {
    assertThat(next()).isEqualTo(CONTINUE);
    now += LINGER - 1;
    ready = 2;
    assertThat(next()).isEqualTo(2);
    ready = 0;
    now += LINGER;
  }

  /** Looks until it sleeps, and is woken soon. */
  private void lookInVain() throws Exception {
    assertThat(next()).isEqualTo(CONTINUE);
    now += LINGER - 1;
    assertThat(next()).isEqualTo(CONTINUE);
    now += 1;
    sleep(SOON / 2 - LINGER / 2);
  }

  private void skip(int waits) throws Exception {
    for (int i = 0; i < waits; i++) {
      sleep(1);
    }
  }

  @Test
  void whoWaitsLongSleepsAtOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      sleep(SOON);
    }
    assertThat(next()).isEqualTo(SELECT);
  }

  @Test
  void whatComesSoonIsTakenAndWaitedForAgain() throws Exception {
    sleep(SOON - 1);
    for (int i = 0; i < 3; i++) {
      find();
    }
    assertThat(next()).isEqualTo(CONTINUE);
  }

  @Test
  void whoLooksInVainSleepsThroughTheNextWaits() throws Exception {
    sleep(1);
    for (int skipped = FEWEST_SKIPPED; skipped <= MOST_SKIPPED; skipped *= 2) {
      lookInVain();
      skip(skipped);
    }
    lookInVain();
    skip(MOST_SKIPPED);
    find();
  }

  @Test
  void whoIsOftenRightIsForgiven() throws Exception {
    sleep(1);
    lookInVain();
    skip(FEWEST_SKIPPED);
    for (int i = 0; i < OFTEN - 1; i++) {
      find();
    }
    lookInVain();
    skip(2 * FEWEST_SKIPPED);
    for (int i = 0; i < OFTEN; i++) {
      find();
    }
    lookInVain();
    skip(FEWEST_SKIPPED);
    find();
  }

  @Test
  void tasksAreNotKeptWaiting() throws Exception {
    assertThat(select.calculateStrategy(() -> 3, true)).isEqualTo(3);
    assertThat(select.calculateStrategy(() -> 0, true)).isZero();
    sleep(1);
    find();
    assertThat(select.calculateStrategy(() -> 0, true)).isZero();
    find();
  }

  /** Another thread has worked meanwhile, and might have had the processor. */
  @Test
  void aTaskIsNotWhatWasLookedFor() throws Exception {
    sleep(1);
    assertThat(next()).isEqualTo(CONTINUE);
    assertThat(select.calculateStrategy(() -> 0, true)).isZero();
    skip(FEWEST_SKIPPED);
    find();
  }
}
