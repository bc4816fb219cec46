package io.lookout.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.settings.SettingsException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start and end of a node whose samples come through Kafka, where no broker answers. */
class KafkaTransportTest {
  @TempDir Path data;

  private TestNode node(String property) {
    return new TestNode(
        data, "transport=kafka", "kafka.brokers=127.0.0.1:1", "kafka.properties=" + property);
  }

  @Test
  void aPropertyThatTheConsumerAloneRefusesEndsTheStart() {
    try (TestNode node = node("isolation.level=nonsense")) {
      assertThatThrownBy(node::start)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("kafka.properties")
          .hasMessageContaining("isolation.level");
    }
  }

  @Test
  void aNodeStartsAndStopsWithoutBrokers() {
    try (TestNode node = node("client.rack=r1").start()) {
      assertThat(node.readiness.isReady()).isTrue();
    }
  }
}
