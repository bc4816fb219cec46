package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/**
 * Samples of the time of an outage, as fast as they are taken: one of each series at each step. The
 * times are past, so that hours need not be waited for.
 */
final class OutageLoad {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final int series;
  private final long start;
  private final long step;
  private int rounds;

  /**
   * @param start of the first samples, ms
   * @param step between samples of a series, ms
   */
  OutageLoad(int series, long start, long step) {
    this.series = series;
    this.start = start;
    this.step = step;
  }

  /** Returns when samples of so many ms more are acknowledged. */
  void write(String url, long duration) {
    for (long end = end() + duration; end() < end; ) {
      assertThat(tryRound(url)).as("a write was taken").isTrue();
    }
  }

  /** Whether one sample more of each series was taken; false where too much waits for the store. */
  boolean tryRound(String url) {
    HttpResponse<String> answer = Samples.send(url, series, end(), this::value).join();
    if (answer.statusCode() == 503) {
      assertThat(answer.body()).contains("storage.spill.bytes.max");
      return false;
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    rounds++;
    return true;
  }

  /** 0 to 102.3, as even as chance would have it: what compresses badly. */
  private double value(int number) {
    return (((number * 7919L + rounds) * GOLDEN) >>> 54) / 10.0;
  }

  /** That were acknowledged. */
  long samples() {
    return (long) rounds * series;
  }

  /** Of the next samples, ms. */
  long end() {
    return start + rounds * step;
  }

  /** Each acknowledged sample is found, and none twice. */
  void assertComplete(String url) {
    assertThat(Samples.count(url, start, end())).isEqualTo(samples());
  }
}
