package io.lookout.ingest.scrape.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.lookout.model.Labels;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.DnsClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dns_sd_configs} against a name server of the test's own. */
class DnsSourceTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final NameServer server = start();
  private volatile List<TargetGroup> told = List.of();

  private NameServer start() {
    try {
      return new NameServer(vertx);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void fill() {
    server.set("app.example", NameServer.A, NameServer.address(10, 0, 0, 1));
    Buffer six = NameServer.address(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    server.set("app.example", NameServer.AAAA, six);
    server.set("app.example", NameServer.SRV, NameServer.pointer("n1.example", 1, 1, 9100));
    server.set("app.example", NameServer.MX, NameServer.pointer("mail.example", 10));
    server.set("app.example", NameServer.NS, NameServer.pointer("ns.example"));
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void look(String fields) {
    String yaml =
        "scrape_configs: [{job_name: d, dns_sd_configs: [{names: [app.example], "
            + "refresh_interval: 50ms, "
            + fields
            + "}]}]";
    Discovery read = ScrapeConfigs.parse(Path.of("d.yml"), yaml).get(0).discoveries().get(0);
    DnsClientOptions options =
        new DnsClientOptions().setHost("127.0.0.1").setPort(server.port()).setQueryTimeout(30_000);
    DnsSource source = new DnsSource(vertx, (Discovery.Dns) read, Optional.of(options));
    vertx.runOnContext(run -> source.start(groups -> told = groups));
  }

  private List<Labels> targets() {
    return told.stream().flatMap(group -> group.targets().stream()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: A, port: 80|10.0.0.1:80|",
        "type: AAAA, port: 80|[2001:db8:0:0:0:0:0:1]:80|",
        "type: SRV|n1.example:9100|__meta_dns_srv_record_target=n1.example.",
        "type: MX, port: 80|mail.example:80|__meta_dns_mx_record_target=mail.example.",
        "type: NS, port: 80|ns.example:80|__meta_dns_ns_record_target=ns.example.",
      })
  void recordsAreTargets(String fields, String address, @Nullable String meta) {
    look(fields);
    await().atMost(LONG).until(() -> !targets().isEmpty());
    assertThat(told.get(0).labels()).isEqualTo(Labels.of("__meta_dns_name", "app.example"));
    assertThat(targets().get(0).get("__address__")).isEqualTo(address);
    if (meta != null) {
      String[] parts = meta.split("=", 2);
      assertThat(targets().get(0).get(parts[0])).isEqualTo(parts[1]);
    }
  }

  @Test
  void portsOfServiceRecordsAreMetaLabels() {
    look("type: SRV");
    await().atMost(LONG).until(() -> !targets().isEmpty());
    assertThat(targets().get(0).get("__meta_dns_srv_record_port")).isEqualTo("9100");
  }

  @Test
  void whatTheNameStoodForCountsWhileItCannotBeLookedUp() {
    look("type: A, port: 80");
    await().atMost(LONG).until(() -> targets().size() == 1);
    server.failing(true);
    int asked = server.questions();
    await().atMost(LONG).until(() -> server.questions() > asked + 3);
    assertThat(targets()).hasSize(1);
    server.set(
        "app.example",
        NameServer.A,
        NameServer.address(10, 0, 0, 1),
        NameServer.address(10, 0, 0, 2));
    server.failing(false);
    await().atMost(LONG).until(() -> targets().size() == 2);
  }

  @Test
  void aNameThatIsNoMoreHasNoTargets() {
    look("type: A, port: 80");
    await().atMost(LONG).until(() -> targets().size() == 1);
    server.remove("app.example", NameServer.A);
    await().atMost(LONG).until(() -> targets().isEmpty());
  }
}
