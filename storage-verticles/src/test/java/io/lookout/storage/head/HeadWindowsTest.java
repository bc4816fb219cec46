package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadWindowsTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long WINDOW = 120 * MINUTE;
  private static final long DELAY = 10 * MINUTE;

  private final HeadWindows windows = new HeadWindows();

  private List<Long> sealable(long now) {
    return windows.sealable(now, WINDOW, DELAY, DELAY, 1_000);
  }

  @Test
  void theCurrentWindowIsCompleteAWhileAfterItsEnd() {
    windows.touch(0, 0);
    windows.touch(0, WINDOW - SECOND);

    assertThat(sealable(WINDOW + DELAY - 1)).isEmpty();
    assertThat(sealable(WINDOW + DELAY)).containsExactly(0L);
  }

  @Test
  void historyInTheOrderOfTimeIsCompleteAsSoonAsItsSamplesStop() {
    long now = 1000 * WINDOW;
    windows.touch(0, now);
    windows.touch(0, now + 60 * SECOND);
    windows.touch(WINDOW, now + 61 * SECOND);

    assertThat(sealable(now + 74 * SECOND)).isEmpty();
    assertThat(sealable(now + 75 * SECOND)).containsExactly(0L);
    assertThat(sealable(now + 76 * SECOND)).containsExactly(0L, WINDOW);
  }

  @Test
  void historyThatKeepsComingIsCutAfterAWhile() {
    long now = 1000 * WINDOW;
    for (long time = 0; time <= DELAY; time += SECOND) {
      windows.touch(0, now + time);
    }

    assertThat(sealable(now + DELAY - 1)).isEmpty();
    assertThat(sealable(now + DELAY)).containsExactly(0L);
  }

  /** As where history is written series by series: each window gets some, and none is quiet. */
  @Test
  void pastWindowsDoNotWaitWhereTheyHoldTooMuch() {
    long now = 1000 * WINDOW;
    for (int window = 0; window < 10; window++) {
      windows.touch(window * WINDOW, now);
      windows.count(window * WINDOW, 100);
    }
    windows.touch(now, now);
    windows.count(now, 5_000); // Is not past: there is no other place for these.
    assertThat(sealable(now + SECOND)).isEmpty();

    windows.touch(3 * WINDOW, now + SECOND);
    windows.count(3 * WINDOW, 1);

    assertThat(sealable(now + SECOND)).hasSize(10).doesNotContain(now);
    windows.freeze(3 * WINDOW, 1);
    windows.release(3 * WINDOW, 1);
    assertThat(sealable(now + SECOND)).isEmpty();
  }

  @Test
  void aFrozenWindowIsGivenAgainUntilItIsReleased() {
    windows.touch(0, 0);
    windows.freeze(0, 7);

    assertThat(sealable(0)).containsExactly(0L);
    windows.release(0, 7);
    assertThat(sealable(1000 * WINDOW)).isEmpty();
  }

  @Test
  void aWindowFarAheadOfTheClockIsCompleteWhenItsSamplesStop() {
    long now = 1000 * WINDOW;
    long nextYear = 5000 * WINDOW;
    windows.touch(now, now);
    windows.touch(now + WINDOW, now);
    windows.touch(nextYear, now);

    assertThat(sealable(now + 14 * SECOND)).isEmpty();
    assertThat(sealable(now + 15 * SECOND)).containsExactly(nextYear);
  }

  @Test
  void aClockThatWasAheadForAWhileDoesNotKeepWindowsOpen() {
    long now = 1000 * WINDOW;
    windows.touch(0, now + 400 * WINDOW);

    assertThat(sealable(now)).isEmpty();
    assertThat(sealable(now + 15 * SECOND)).containsExactly(0L);
  }
}
