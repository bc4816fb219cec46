package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.KafkaBroker;
import io.lookout.app.process.SharedKafkaBroker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a broker has on its disk is not what was written to it. */
@ExtendWith(SharedKafkaBroker.class)
class KafkaDamageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TOPIC = "damaged";

  @TempDir private static Path directory = Path.of("");

  private final KafkaBroker broker;

  KafkaDamageTest(KafkaBroker broker) {
    this.broker = broker;
  }

  /** Each time one batch of so many records. */
  private static void send(
      KafkaProducer<byte[], byte[]> producer, int partition, String name, int count)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String record =
          "{\"name\":\"%s\",\"timestamp\":%d,\"value\":1,\"labels\":{\"i\":\"%d\"}}"
              .formatted(name, System.currentTimeMillis(), i);
      byte[] value = record.getBytes(StandardCharsets.UTF_8);
      sent.add(producer.send(new ProducerRecord<byte[], byte[]>(TOPIC, partition, null, value)));
    }
    producer.flush();
    for (Future<RecordMetadata> each : sent) {
      each.get();
    }
  }

  /** Changes one letter of the first record that has this name, where the broker keeps it. */
  private void damage(int partition, String name) throws IOException {
    Path log;
    try (Stream<Path> all = Files.walk(broker.home())) {
      log =
          all.filter(file -> file.endsWith(TOPIC + "-" + partition + "/00000000000000000000.log"))
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(log);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('"' + name + '"');
    assertThat(at).isPositive();
    try (var file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      assertThat(file.write(ByteBuffer.wrap(new byte[] {'X'}), at + 1)).isOne();
    }
  }

  @Test
  void damagedBatchesAreLostAndNothingElse() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
    }
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.address(), "linger.ms", 10_000, "batch.size", 1 << 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      send(producer, 0, "before", 3);
      send(producer, 0, "hurt_many", 37);
      send(producer, 0, "hurt_one", 1);
      send(producer, 0, "between", 5);
      send(producer, 0, "hurt_again", 2);
      send(producer, 0, "behind", 7);
      send(producer, 1, "elsewhere", 4);
      send(producer, 1, "hurt_last", 2);
    }
    damage(0, "hurt_many");
    damage(0, "hurt_one");
    damage(0, "hurt_again");
    damage(1, "hurt_last");

    try (RunningLookout lookout =
        RunningLookout.start(
            directory,
            "kafka.brokers=" + broker.address(),
            "kafka.source.group=" + TOPIC,
            "kafka.source.topics=" + TOPIC,
            "kafka.source.format=json")) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(lookout.value("count({i=~'.+'})")).isEqualTo(3 + 5 + 7 + 4);
            assertThat(lookout.metric("lookout_kafka_records_damaged_total{feed=\"source\"}"))
                .isEqualTo(37 + 1 + 2 + 2);
          });
      assertThat(lookout.value("count(behind)")).isEqualTo(7);
      assertThat(lookout.query("{__name__=~'hurt.*'}")).isEmpty();
    }
  }
}
