package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.KafkaBroker;
import io.lookout.app.process.SharedKafkaBroker;
import io.lookout.cluster.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lookout and a real broker: source, exporter and transport, with Kafka's own client beside. */
@ExtendWith(SharedKafkaBroker.class)
class KafkaTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path directory = Path.of("");

  private final KafkaBroker broker;

  KafkaTest(KafkaBroker broker) {
    this.broker = broker;
  }

  private RunningLookout lookout(String data, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("kafka.brokers=" + broker.address());
    all.add("storage.shards=3");
    all.add("kafka.source.group=" + data);
    return RunningLookout.start(directory.resolve(data), all.toArray(new String[0]));
  }

  private void makeTopic(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  /** Each value a record, in this order; headers are names and values by turns. */
  private void send(String topic, List<byte[]> values, String... headers)
      throws ExecutionException, InterruptedException {
    List<Header> all = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(new RecordHeader(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8)));
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<byte[], byte[]>(topic, 0, null, value, all)).get();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sample(String name, double value) {
    return "{\"name\":\"%s\",\"timestamp\":%d,\"value\":%s,\"labels\":{\"host\":\"a\"}}"
        .formatted(name, System.currentTimeMillis(), value);
  }

  private static void awaitValue(RunningLookout lookout, String expression, double value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lookout.value(expression)).isEqualTo(value));
  }

  @Test
  void whatMakesNoSenseIsCountedAndHoldsNothingUp() throws Exception {
    makeTopic("json");
    send("json", List.of(bytes(sample("first", 1)), bytes("{"), new byte[] {-1, 0, 7}));
    send("json", List.of(bytes("not a write request")), "Content-Type", "application/x-protobuf");
    send("json", List.of(bytes("<x/>")), "Content-Type", "text/xml");
    send("json", List.of(bytes(sample("bad", 3))), "X-Scope-OrgID", "no/tenant");
    send("json", List.of(bytes("[" + sample("second", 2) + ",{\"name\":\"x\"}]")));
    try (RunningLookout lookout =
        lookout("source", "kafka.source.topics=json", "kafka.source.format=json")) {
      awaitValue(lookout, "second{host=\"a\"}", 2);
      assertThat(lookout.value("first")).isEqualTo(1);
      assertThat(lookout.rejected("kafka", "malformed")).isEqualTo(4);
      assertThat(lookout.rejected("kafka", "unsupported")).isEqualTo(1);
      assertThat(lookout.rejected("kafka", "invalid_time")).isEqualTo(1);
    }
  }

  @Test
  void whatIsExportedCanBeReadByAnotherLookout() {
    for (String version : List.of("1.0", "2.0")) {
      String topic = "export-" + version;
      try (RunningLookout from =
              lookout(topic, "kafka.export.topic=" + topic, "kafka.export.version=" + version);
          RunningLookout to = lookout(topic + "-to", "kafka.source.topics=" + topic)) {
        for (int i = 0; i < 50; i++) {
          from.post("/api/v1/import/prometheus", "exported{i=\"" + i + "\"} " + i + "\n");
        }
        awaitValue(to, "count(exported)", 50);
        awaitValue(to, "sum(exported)", 49 * 25.0);
      }
    }
  }

  @Test
  void samplesComeToTheShardsThroughATopicAndOnceEach() {
    String[] settings = {
      "transport=kafka", "kafka.transport.topic=samples", "kafka.transport.partitions=7"
    };
    try (RunningLookout lookout = lookout("transport", settings)) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> lookout.post("/api/v1/import/prometheus", "probe 1\n").statusCode() / 100 == 2);
      for (int i = 0; i < 50; i++) {
        assertThat(
                lookout
                    .post("/api/v1/import/prometheus", "moved{i=\"" + i + "\"} " + i + "\n")
                    .statusCode())
            .isEqualTo(204);
      }
      awaitValue(lookout, "sum(count_over_time(moved[5m]))", 50);
    }
    try (RunningLookout again = lookout("transport", settings)) {
      awaitValue(again, "sum(count_over_time(moved[5m]))", 50);
    }
  }

  @Test
  void withoutBrokersANodeStartsAndTurnsSendersAway() throws IOException {
    String nobody = "kafka.brokers=127.0.0.1:" + FreePort.find();
    try (RunningLookout lookout =
        RunningLookout.start(
            directory.resolve("alone"), "transport=kafka", nobody, "kafka.timeout=1s")) {
      var answer = lookout.post("/api/v1/import/prometheus", "m 1\n");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("lookout-samples");
      assertThat(lookout.query("m")).isEmpty();
    }
  }
}
