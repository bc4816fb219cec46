package io.lookout.cluster.ring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.Results;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.settings.SettingsException;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeNameTest {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.open(vertx);

  @AfterEach
  void close() {
    Results.of(vertx.close());
  }

  @Test
  void aNameIsOfOneNode() {
    Results.of(NodeName.claim(bus, "a"));
    Results.of(NodeName.claim(bus, "b"));

    assertThatThrownBy(() -> Results.of(NodeName.claim(bus, "a")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("called a too");
    // Refused again: who was refused does not answer for the name.
    assertThatThrownBy(() -> Results.of(NodeName.claim(bus, "a"))).isNotNull();
  }
}
