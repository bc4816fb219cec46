package io.lookout.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.config.validate.ValidationException;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LookoutMeterRegistryTest {
  private static LookoutMeterRegistry registry(String url, String... properties) {
    Map<String, String> values =
        Stream.concat(Stream.of("url=" + url, "job=orders"), Stream.of(properties))
            .map(text -> text.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> "lookout." + pair[0], pair -> pair[1], (first, second) -> second));
    LookoutConfig config = values::get;
    return new LookoutMeterRegistry(config);
  }

  private static double requests(LookoutMeterRegistry meters, String outcome) {
    Counter counter = meters.find("lookout.sdk.requests").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void pushesEachInterval() throws IOException {
    try (Receiver receiver = Receiver.answering(204)) {
      LookoutMeterRegistry meters = registry(receiver.url(), "interval=20ms", "tenant=blue");
      meters.counter("orders.placed", "shop", "north").increment(3);
      await().until(() -> receiver.texts().size() >= 2);
      meters.close();
      assertThat(receiver.texts().get(receiver.texts().size() - 1))
          .contains("orders_placed_total", "shop", "north", "job", "orders", "instance");
      assertThat(receiver.tenants()).containsOnly("blue");
    }
  }

  @Test
  void sendsAgainWhatCouldNotBeTaken() throws IOException {
    try (Receiver receiver = Receiver.answering(503, 204)) {
      LookoutMeterRegistry meters = registry(receiver.url(), "interval=20ms");
      await().until(() -> requests(meters, "taken") >= 1);
      assertThat(receiver.bodies().get(1)).isEqualTo(receiver.bodies().get(0));
      meters.close();
      assertThat(requests(meters, "dropped")).isZero();
    }
  }

  @Test
  void doesNotRepeatWhatIsRefused() throws IOException {
    try (Receiver receiver = Receiver.answering(400, 204)) {
      LookoutMeterRegistry meters = registry(receiver.url(), "interval=20ms");
      await().until(() -> requests(meters, "taken") >= 1);
      meters.close();
      assertThat(requests(meters, "refused")).isEqualTo(1);
      assertThat(receiver.bodies().get(1)).isNotEqualTo(receiver.bodies().get(0));
    }
  }

  @Test
  void sendsTheLastValuesWhenClosed() throws IOException {
    try (Receiver receiver = Receiver.answering(204)) {
      LookoutMeterRegistry meters = registry(receiver.url(), "interval=1h");
      meters.counter("orders.placed").increment();
      meters.close();
      assertThat(receiver.texts()).hasSize(1);
      assertThat(receiver.texts().get(0)).contains("orders_placed_total");
    }
  }

  @Test
  void endsInTimeWithoutAServer() {
    LookoutMeterRegistry meters =
        registry("http://127.0.0.1:1", "interval=10ms", "timeout=200ms", "bufferBytes=65536");
    await().until(() -> meters.get("lookout.sdk.buffer").gauge().value() > 0);
    meters.close();
    assertThat(meters.isClosed()).isTrue();
  }

  @Test
  void namesTheWrongProperty() {
    assertThatThrownBy(() -> registry("nowhere", "interval=0s"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("lookout.url")
        .hasMessageContaining("lookout.interval");
  }
}
