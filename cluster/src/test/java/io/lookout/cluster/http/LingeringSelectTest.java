package io.lookout.cluster.http;

import static io.lookout.cluster.http.LingeringSelect.LINGER;
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

  @Test
  void whoWaitsLongSleepsAtOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      sleep(SOON);
    }
    assertThat(next()).isEqualTo(SELECT);
  }

  @Test
  void whoHasWaitedForAMomentLooksForAMoment() throws Exception {
    sleep(SOON - 1);
    assertThat(next()).isEqualTo(CONTINUE);
    now += LINGER - 1;
    assertThat(next()).isEqualTo(CONTINUE);
    now += 1;
    assertThat(next()).isEqualTo(SELECT);
    now += SOON;
    assertThat(next()).isEqualTo(SELECT);
  }

  @Test
  void whatComesMeanwhileIsTakenAndWaitedForAgain() throws Exception {
    sleep(1);
    for (int i = 0; i < 3; i++) {
      assertThat(next()).isEqualTo(CONTINUE);
      now += LINGER - 1;
      ready = 2;
      assertThat(next()).isEqualTo(2);
      ready = 0;
      now += LINGER;
    }
    assertThat(next()).isEqualTo(CONTINUE);
  }

  @Test
  void tasksAreNotKeptWaiting() throws Exception {
    assertThat(select.calculateStrategy(() -> 3, true)).isEqualTo(3);
    assertThat(select.calculateStrategy(() -> 0, true)).isZero();
    sleep(1);
    assertThat(next()).isEqualTo(CONTINUE);
    now += LINGER - 1;
    assertThat(select.calculateStrategy(() -> 0, true)).isZero();
    now += LINGER;
    assertThat(next()).isEqualTo(CONTINUE);
  }
}
