package io.lookout.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import io.lookout.ingest.remotewrite.Prompb;
import io.lookout.ingest.remotewrite.Prompb2;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** Relabelling and replicas, as senders of remote write 2.0 meet them. */
class RemoteWritePipelineTest {
  private static final long TIME = TestNode.NOW.toEpochMilli();

  private TestNode node;
  private HttpClient client;

  @BeforeEach
  void start() {
    node =
        TestNode.start(
            """
            scrape.self: false
            ingest:
              relabel:
                configs:
                  - source_labels: [__name__]
                    regex: go_.*
                    action: drop
                  - regex: pod_(.+)
                    action: labelmap
                    replacement: $1
                  - regex: pod_.+
                    action: labeldrop
                  - source_labels: [nameless]
                    regex: 'yes'
                    target_label: __name__
                    replacement: ''
              ha.enabled: true
              ha.clusters: 2
            """);
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private HttpResponse<String> send(DynamicMessage... series) throws Exception {
    byte[] body = Snappy.compress(Prompb2.request(Prompb.request(series)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + "/api/v1/write"))
            .header("Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request")
            .header("Content-Encoding", "snappy")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static DynamicMessage series(String... labels) {
    return Prompb.series(List.of(Prompb.sample(TIME, 1)), labels);
  }

  private static String written(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("X-Prometheus-Remote-Write-Samples-Written")
        .orElse("none");
  }

  private List<Labels> stored() {
    return node.shards.samples.stream().map(TestShards.Sample::labels).toList();
  }

  @Test
  void relabelsWhatIsWritten() throws Exception {
    HttpResponse<String> response =
        send(
            series("__name__", "up", "pod_name", "a"),
            series("__name__", "go_gc", "pod_name", "a"));

    assertThat(response.statusCode()).isEqualTo(204);
    // What the rules drop is no failure to its sender.
    assertThat(written(response)).isEqualTo("2");
    assertThat(stored()).containsExactly(Labels.of("__name__", "up", "name", "a"));
    assertThat(node.count("lookout.ingest.dropped.samples", "by", "relabel")).isOne();

    HttpResponse<String> nameless = send(series("__name__", "up", "nameless", "yes"));
    assertThat(nameless.statusCode()).isEqualTo(400);
    assertThat(nameless.body())
        .contains("ingest.relabel.configs leave no metric name in series {nameless=\"yes\"}");
  }

  @Test
  void hearsOneReplicaOfACluster() throws Exception {
    HttpResponse<String> first =
        send(series("__name__", "up", "cluster", "eu", "__replica__", "a"));
    HttpResponse<String> second =
        send(
            series("__name__", "up", "cluster", "eu", "__replica__", "b"),
            series("__name__", "alone", "cluster", "eu"));

    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(second.statusCode()).isEqualTo(204);
    assertThat(written(second)).isEqualTo("2");
    assertThat(stored())
        .containsExactlyInAnyOrder(
            Labels.of("__name__", "up", "cluster", "eu"),
            Labels.of("__name__", "alone", "cluster", "eu"));
    assertThat(node.count("lookout.ingest.dropped.samples", "by", "replica")).isOne();
    assertThat(node.gauge("lookout.ingest.ha.clusters")).isOne();
  }

  @Test
  void boundsTheClustersOfATenant() throws Exception {
    for (String cluster : List.of("eu", "us")) {
      assertThat(
              send(series("__name__", "up", "cluster", cluster, "__replica__", "a")).statusCode())
          .isEqualTo(204);
    }
    HttpResponse<String> third =
        send(series("__name__", "up", "cluster", "asia", "__replica__", "a"));

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.body()).contains("ingest.ha.clusters").contains("asia");
    assertThat(node.count("lookout.ingest.rejected.samples", "reason", "too_many_ha_clusters"))
        .isOne();
  }

  @Test
  void saysWhatIsDurableWhereAShardFails() throws Exception {
    node.shards.failing =
        shard ->
            shard == 0
                ? Future.failedFuture(
                    new LookoutException(ErrorCode.UNAVAILABLE, "the disk is full"))
                : Future.succeededFuture(WriteResult.NOTHING);
    List<DynamicMessage> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(series("__name__", "m", "i", Integer.toString(i)));
    }
    HttpResponse<String> response = send(all.toArray(DynamicMessage[]::new));

    long durable = node.shards.samples.stream().filter(each -> each.shard() != 0).count();
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(durable).isBetween(1L, 59L);
    assertThat(written(response)).isEqualTo(Long.toString(durable));
    assertThat(node.count("lookout.ingest.samples", "protocol", "remote_write"))
        .isEqualTo((double) durable);
  }
}
