package io.lookout.ingest.scrape.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeConfigsTest {
  private static List<JobConfig> parse(String yaml) {
    return ScrapeConfigs.parse(Path.of("/etc/p/prometheus.yml"), yaml);
  }

  private static JobConfig job(String fields) {
    return parse("scrape_configs:\n  - job_name: a\n    " + fields + "\n").get(0);
  }

  @Test
  void takesAWholePrometheusYml() {
    List<JobConfig> jobs =
        parse(
            """
            global:
              scrape_interval: 15s
              evaluation_interval: 15s
              external_labels: {monitor: x}
            alerting: {alertmanagers: [{static_configs: [{targets: []}]}]}
            rule_files: [first.rules]
            remote_write: [{url: "http://127.0.0.1:9090/api/v1/write"}]
            scrape_configs:
              - job_name: prometheus
                static_configs: [{targets: ["localhost:9090"]}]
              - job_name: node
                scrape_interval: 5s
            """);
    assertThat(jobs).extracting(JobConfig::name).containsExactly("prometheus", "node");
    assertThat(jobs.get(0).schedule())
        .isEqualTo(new JobConfig.Schedule(Duration.ofSeconds(15), Duration.ofSeconds(10)));
    assertThat(jobs.get(1).schedule())
        .isEqualTo(new JobConfig.Schedule(Duration.ofSeconds(5), Duration.ofSeconds(5)));
  }

  @Test
  void hasTheDefaultsOfPrometheus() {
    JobConfig job = job("metrics_path: /metrics");
    assertThat(job.schedule())
        .isEqualTo(new JobConfig.Schedule(Duration.ofMinutes(1), Duration.ofSeconds(10)));
    assertThat(job.request().scheme()).isEqualTo("http");
    assertThat(job.request().compression()).isTrue();
    assertThat(job.request().protocols()).isEqualTo(ScrapeProtocol.USUAL);
    assertThat(job.samples().honorTimestamps()).isTrue();
    assertThat(job.samples().honorLabels()).isFalse();
    assertThat(job.limits()).isEqualTo(ScrapeLimits.NONE);
  }

  @Test
  void asksForProtobufWhereNativeHistogramsAreWanted() {
    assertThat(job("scrape_native_histograms: true").request().protocols())
        .startsWith(ScrapeProtocol.PROTOBUF);
  }

  @Test
  void jobsAreTheSameWhenOnlyTheirTargetsDiffer() {
    JobConfig one = job("static_configs: [{targets: [x]}]");
    assertThat(job("static_configs: [{targets: [y]}]").source()).isEqualTo(one.source());
    assertThat(job("sample_limit: 5").source()).isNotEqualTo(one.source());
  }

  @Test
  void readsSizesAsPrometheusDoes() {
    assertThat(job("body_size_limit: 10MB").limits().bodySize()).isEqualTo(10 << 20);
    assertThat(job("body_size_limit: 1KiB").limits().bodySize()).isEqualTo(1024);
    assertThat(job("body_size_limit: 0").limits().bodySize()).isZero();
  }

  @Test
  void resolvesFilesAgainstTheConfiguration() {
    JobConfig job = job("basic_auth: {username: u, password_file: secret}");
    assertThat(job.request().access().authorization())
        .contains(
            new HttpAccess.Credentials.Basic(
                new HttpAccess.Secret.Inline("u"),
                new HttpAccess.Secret.InFile(Path.of("/etc/p/secret"))));
    assertThat(job.request().access().toString()).doesNotContain("value=u");
  }

  @Test
  void takesFilesOfSofaLookout() {
    JobConfig job =
        parse(
                """
                metric_scrape_configs:
                  - job_name: shop
                    metrics_path: /prom
                    scrape_interval: 10 s
                    static_configs: [{targets: ["h:1"], labels: {zone: a}}]
                """)
            .get(0);
    assertThat(job.schedule().interval()).isEqualTo(Duration.ofSeconds(10));
    Discovery.Static targets = (Discovery.Static) job.discoveries().get(0);
    assertThat(targets.groups().get(0).labels()).isEqualTo(Labels.of("app", "shop", "zone", "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown: 1|3: field \"unknown\" is not known in scrape_configs",
        "scrape_interval: soon|3: scrape_interval: \"soon\": is no duration",
        "scrape_timeout: 2m|3: scrape timeout greater than scrape interval",
        "scheme: ftp|3: scheme must be http or https",
        "honor_labels: maybe|3: honor_labels: \"maybe\": is neither true nor false",
        "static_configs: [{targets: [\"http://x\"]}]|3: \"http://x\" is not a valid hostname",
        "static_configs: {}|3: a list belongs here",
        "relabel_configs: [{action: jump}]|3: action: \"jump\": unknown relabel action",
        "relabel_configs: [{regex: \"(\", action: keep}]|3: invalid regex \"(\"",
        "dns_sd_configs: [{names: [x], type: A}]|3: a port is required in DNS-SD configs",
        "kubernetes_sd_configs: [{role: pot}]|3: unknown Kubernetes SD role \"pot\"",
        "scrape_protocols: [Morse]|3: Morse: unknown scrape protocol",
        "consul_sd_configs: []|3: field \"consul_sd_configs\" is not known",
        "authorization: {type: Bearer}|3: authorization needs credentials",
        "no_proxy: x|3: if no_proxy is configured, proxy_url must also be configured",
        "proxy_url: https://x|3: proxy_url: \"https://x\": must be http://HOST:PORT or socks5:",
        "proxy_connect_header: {a: [b]}|3: if proxy_connect_header is configured, proxy_url or",
        "kubernetes_sd_configs: [{role: pod, proxy_from_environment: true}]|3: proxy_from_environ",
        "http_sd_configs: [{url: \"http://h:port/x\"}]|3: url: \"http://h:port/x\": ",
        "http_sd_configs: [{url: \"/x\"}]|3: url: \"/x\": URL must have the scheme http or https",
        "sample_limit: -1|3: sample_limit: \"-1\": must not be negative",
      })
  void namesTheLineOfWhatIsWrong(String field, String problem) {
    assertThatThrownBy(() -> job(field))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageStartingWith("/etc/p/prometheus.yml:" + problem);
  }

  @Test
  void containersMayHaveUnderscores() {
    JobConfig job =
        job(
            "proxy_url: 'http://my:w%2Brd@my_proxy:3128'\n"
                + "    http_sd_configs: [{url: 'http://my_list/targets'}]");
    assertThat(job.request().access().proxy().url())
        .map(UrlAuthority::of)
        .hasValueSatisfying(place -> {
          assertThat(place.host()).isEqualTo("my_proxy");
          assertThat(place.port()).isEqualTo(3128);
          assertThat(place.user()).contains("my:w+rd");
        });
    assertThat(job.discoveries()).hasSize(1);
  }

  @Test
  void refusesTwoJobsOfOneName() {
    assertThatThrownBy(() -> parse("scrape_configs: [{job_name: a}, {job_name: a}]"))
        .hasMessageContaining("found multiple scrape configs with job name \"a\"");
  }

  @Test
  void takesOneProxyOnly() {
    assertThatThrownBy(() -> job("proxy_from_environment: true\n    proxy_url: http://x"))
        .hasMessageContaining("if proxy_from_environment is configured, proxy_url and no_proxy");
  }

  @Test
  void followsFurtherFiles(@TempDir Path directory) throws IOException {
    Files.createDirectory(directory.resolve("more"));
    Files.writeString(
        directory.resolve("more/a.yml"),
        "scrape_configs: [{job_name: a, bearer_token_file: token}]");
    Files.writeString(directory.resolve("more/b.yml"), "scrape_configs: [{job_name: b}]");
    List<JobConfig> jobs =
        ScrapeConfigs.parse(
            directory.resolve("prometheus.yml"),
            "global: {scrape_interval: 7s}\nscrape_config_files: [more/*.yml, none/*.yml]");
    assertThat(jobs).extracting(JobConfig::name).containsExactly("a", "b");
    assertThat(jobs).allMatch(job -> job.schedule().interval().equals(Duration.ofSeconds(7)));
    assertThat(jobs.get(0).request().access().authorization())
        .contains(
            new HttpAccess.Credentials.Token(
                "Bearer", new HttpAccess.Secret.InFile(directory.resolve("more/token"))));
  }
}
