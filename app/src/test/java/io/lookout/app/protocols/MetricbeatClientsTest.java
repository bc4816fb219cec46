package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.json.SimpleJsonpMapper;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elasticsearch's Java client sends events as Metricbeat does, below the path and at the port. */
class MetricbeatClientsTest {
  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout =
        RunningLookout.start(directory, "metricbeat.enabled=true", "metricbeat.listen=127.0.0.1:0");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  private static BinaryData event(String host, double load) {
    String event =
        "{\"@timestamp\":\"%s\",\"event\":{\"module\":\"system\"},\"metricset\":{\"name\":\"load\"},\"host\":{\"name\":\"%s\"},\"system\":{\"load\":{\"1\":%s}}}"
            .formatted(Instant.now(), host, load);
    return json(event);
  }

  private static BinaryData json(String text) {
    return BinaryData.of(text.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON);
  }

  private static void send(String url, String host) throws IOException {
    try (ElasticsearchClient client =
        ElasticsearchClient.of(of -> of.host(url).jsonMapper(SimpleJsonpMapper.INSTANCE))) {
      assertThat(client.ping().value()).isTrue();
      assertThat(client.info().version().number()).startsWith("9.");
      BulkRequest request =
          BulkRequest.of(bulk ->
              bulk.index("metricbeat")
                  .operations(of -> of.create(create -> create.document(event(host, 1.5))))
                  .operations(
                      of -> of.index(index -> index.document(json("{\"message\":\"x\"}")))));
      BulkResponse response = client.bulk(request);
      assertThat(response.errors()).isTrue();
      assertThat(response.items()).extracting(BulkResponseItem::status).containsExactly(201, 400);
      assertThat(response.items().get(1).error()).isNotNull();
    }
    assertThat(lookout.value("system_load_1{host='" + host + "',metricset='load'}")).isEqualTo(1.5);
    assertThat(lookout.value("metricbeat_up{host='" + host + "'}")).isEqualTo(1);
  }

  @Test
  void elasticsearchsJavaClientSendsEventsToThePath() throws IOException {
    send(lookout.url() + "/beat", "java-path");
  }

  @Test
  void elasticsearchsJavaClientSendsEventsToThePort() throws IOException {
    send("http://127.0.0.1:" + lookout.port("metricbeat.listen"), "java-port");
  }
}
