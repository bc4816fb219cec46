package io.lookout.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.TopicSpec;
import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.SettingsException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TopicWriterTest {
  @Test
  void aPropertyThatTheProducerAloneRefusesIsNamed() {
    KafkaSettings settings =
        new KafkaSettings(
            List.of("127.0.0.1:1"),
            List.of("batch.size=much"),
            Duration.ofSeconds(1),
            new ByteSize(1 << 20),
            new ByteSize(1 << 20));
    TopicSpec topic = new TopicSpec("t", 1, 0, Duration.ofDays(1));
    Vertx vertx = Vertx.vertx();
    try {
      assertThatThrownBy(
              () -> TopicWriter.open(vertx, settings, topic, "none").await(60, TimeUnit.SECONDS))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("kafka.properties")
          .hasMessageContaining("batch.size");
    } finally {
      vertx.close().await();
    }
  }
}
