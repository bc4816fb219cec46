package io.lookout.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestBufferTest {
  private final RequestBuffer buffer = new RequestBuffer(10);

  @Test
  void dropsTheOldestToMakeRoom() throws InterruptedException {
    assertThat(buffer.add(new byte[4])).isZero();
    assertThat(buffer.add(new byte[5])).isZero();
    assertThat(buffer.add(new byte[6])).as("4 and 5 leave").isEqualTo(2);
    assertThat(buffer.bytes()).isEqualTo(6);
    assertThat(buffer.take()).get().satisfies(request -> assertThat(request).hasSize(6));
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void refusesWhatIsLargerThanItself() {
    assertThat(buffer.add(new byte[11])).isEqualTo(1);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void givesWhatIsLeftWhenClosed() throws InterruptedException {
    buffer.add(new byte[1]);
    buffer.close();
    buffer.pause(Long.MAX_VALUE);
    assertThat(buffer.take()).isPresent();
    assertThat(buffer.take()).isEmpty();
  }
}
