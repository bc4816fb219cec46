package io.lookout.ingest.metricbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.decode.TestBatches;
import io.lookout.ingest.metricbeat.Events.Decoded;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From events to series. */
class EventMappingTest {
  private static final String AT = "@1700000000000";
  private static final String SENDER = "host=\"web01\", instance=\"web01\", job=\"system\", ";

  private final Events events = new Events();

  @Test
  void interfacesDisksAndCoresAreSeriesOfTheirOwn() {
    Decoded decoded =
        events.create(
            Events.event(
                "system",
                "network",
                "\"system\":{\"network\":{\"name\":\"eth0\",\"in\":{\"bytes\":7}}}"),
            Events.event(
                "system",
                "network",
                "\"system\":{\"network\":{\"name\":\"lo\",\"in\":{\"bytes\":8}}}"),
            Events.event(
                "system", "core", "\"system\":{\"core\":{\"id\":3,\"user\":{\"ticks\":9}}}"),
            Events.event(
                "system",
                "filesystem",
                "\"system\":{\"filesystem\":{\"mount_point\":\"/\",\"type\":\"ext4\",\"free\":1}}"));
    assertThat(decoded.samples())
        .containsOnly(
            Map.entry(
                "system_network_in_bytes{" + SENDER + "metricset=\"network\", name=\"eth0\"}",
                "7.0" + AT),
            Map.entry(
                "system_network_in_bytes{" + SENDER + "metricset=\"network\", name=\"lo\"}",
                "8.0" + AT),
            Map.entry(
                "system_core_user_ticks{core=\"3\", " + SENDER + "metricset=\"core\"}", "9.0" + AT),
            Map.entry(
                "system_filesystem_free{"
                    + SENDER
                    + "metricset=\"filesystem\", mount_point=\"/\", type=\"ext4\"}",
                "1.0" + AT));
    assertThat(decoded.items()).allMatch(item -> item.problem() == null);
    assertThat(decoded.batch().decoded(0).batch().metadata())
        .extracting(each -> each.metricFamily() + " " + each.type())
        .containsOnly("system_network_in_bytes counter", "system_core_user_ticks counter");
  }

  @Test
  void seriesThatWereSeenBeforeAreTheSame() {
    String event =
        Events.event(
            "docker",
            "cpu",
            "\"container\":{\"id\":\"c1\",\"name\":\"db\"},\"docker\":{\"cpu\":{\"core\":{\"0\":"
                + "{\"pct\":0.5},\"1\":{\"pct\":0.25}},\"total\":{\"pct\":0.75}}}");
    Map<String, String> first = events.create(event).samples();
    assertThat(events.create(event).samples()).isEqualTo(first);
    assertThat(first.keySet())
        .hasSize(3)
        .anyMatch(series ->
            series.startsWith(
                "docker_cpu_core_pct{container_id=\"c1\", container_name=\"db\", core=\"0\""))
        .anyMatch(
            series -> series.startsWith("docker_cpu_core_pct{") && series.contains("core=\"1\""))
        .anyMatch(series -> series.startsWith("docker_cpu_total_pct{"));
  }

  @Test
  void theShapesOfVersions5And6SayTheSame() {
    String event =
        "{\"@timestamp\":\"2023-11-14T22:13:20.000Z\",\"type\":\"metricsets\",\"beat\":{\"name\":"
            + "\"web01\",\"hostname\":\"h\",\"version\":\"6.8.0\"},\"metricset\":{\"host\":"
            + "\"redis:6379\",\"module\":\"redis\",\"name\":\"keyspace\",\"rtt\":115},"
            + "\"redis\":{\"keyspace\":{\"id\":\"db0\",\"keys\":4}}}";
    assertThat(TestBatches.samples(events.create(event).batch()))
        .containsOnly(
            Map.entry(
                "redis_keyspace_keys{host=\"web01\", id=\"db0\", instance=\"redis:6379\","
                    + " job=\"redis\", metricset=\"keyspace\"}",
                "4.0" + AT),
            Map.entry(
                "metricbeat_up{host=\"web01\", instance=\"redis:6379\", job=\"redis\","
                    + " metricset=\"keyspace\"}",
                "1.0" + AT),
            Map.entry(
                "metricbeat_fetch_duration_seconds{host=\"web01\", instance=\"redis:6379\","
                    + " job=\"redis\", metricset=\"keyspace\"}",
                "1.15E-4" + AT));
  }

  @Test
  void aFetchThatFailedSaysSo() {
    Decoded decoded =
        events.create(
            Events.event(
                "nginx",
                "stubstatus",
                "\"error\":{\"message\":\"refused\"},\"service\":{\"address\":\"n:80\"}"));
    assertThat(TestBatches.samples(decoded.batch()))
        .containsEntry(
            "metricbeat_up{host=\"web01\", instance=\"n:80\", job=\"nginx\","
                + " metricset=\"stubstatus\"}",
            "0.0" + AT);
  }

  @Test
  void objectsOfKubernetesAreNamedByTheirPaths() {
    Decoded decoded =
        events.create(
            Events.event(
                "kubernetes",
                "state_pod",
                "\"kubernetes\":{\"namespace\":\"shop\",\"node\":{\"name\":\"n1\"},\"labels\":{"
                    + "\"app\":\"x\",\"name\":\"y\"},\"pod\":{\"name\":\"web-0\",\"ip\":\"10.0.0.9\","
                    + "\"start_time\":\"2023-11-14T22:13:20Z\",\"status\":{\"phase\":\"running\","
                    + "\"ready\":\"true\",\"scheduled\":false}}}"));
    String labels =
        "host=\"web01\", instance=\"web01\", job=\"kubernetes\", metricset=\"state_pod\","
            + " namespace=\"shop\", node=\"n1\", ";
    assertThat(decoded.samples())
        .containsOnly(
            Map.entry(
                "kubernetes_pod_status_phase{" + labels + "phase=\"running\", pod=\"web-0\"}",
                "1.0" + AT),
            Map.entry("kubernetes_pod_status_ready{" + labels + "pod=\"web-0\"}", "1.0" + AT),
            Map.entry("kubernetes_pod_status_scheduled{" + labels + "pod=\"web-0\"}", "0.0" + AT),
            Map.entry(
                "kubernetes_pod_start_time_timestamp_seconds{" + labels + "pod=\"web-0\"}",
                "1.7E9" + AT));
    assertThat(decoded.reason()).isEqualTo("text_value");
    assertThat(decoded.problem(0)).isEmpty();
  }

  @Test
  void seriesOfPrometheusKeepTheirNamesAndLabels() {
    Decoded decoded =
        events.create(
            Events.event(
                "prometheus",
                "collector",
                "\"prometheus\":{\"labels\":{\"job\":\"api\",\"instance\":\"a:1\",\"code\":\"200\"},"
                    + "\"metrics\":{\"up\":1},\"orders_total\":{\"counter\":5,\"rate\":2},"
                    + "\"temp\":{\"value\":-3},\"latency\":{\"histogram\":{\"values\":"
                    + "[0.5,1.5,2.5,4,5],\"counts\":[3,0,1,2,1]}}}"));
    String labels = "code=\"200\", host=\"web01\", instance=\"a:1\", job=\"api\"";
    String bucket = "latency_period_bucket{" + labels + ", le=\"";
    assertThat(decoded.samples())
        .containsOnly(
            Map.entry("up{" + labels + "}", "1.0" + AT),
            Map.entry("orders_total{" + labels + "}", "5.0" + AT),
            Map.entry("temp{" + labels + "}", "-3.0" + AT),
            Map.entry(bucket + "1.0\"}", "3.0" + AT),
            Map.entry(bucket + "2.0\"}", "3.0" + AT),
            Map.entry(bucket + "3.0\"}", "4.0" + AT),
            Map.entry(bucket + "5.0\"}", "6.0" + AT),
            Map.entry(bucket + "+Inf\"}", "7.0" + AT),
            Map.entry("latency_period_count{" + labels + "}", "7.0" + AT),
            Map.entry("latency_period_sum{" + labels + "}", "17.0" + AT));
  }

  @Test
  void eventsThatWouldMeetAreToldApartByTheirTexts() {
    String one = Events.event("acme", "jobs", "\"acme\":{\"jobs\":{\"title\":\"a\",\"n\":1}}");
    String two = Events.event("acme", "jobs", "\"acme\":{\"jobs\":{\"title\":\"b\",\"n\":2}}");
    assertThat(events.create(one).samples().keySet()).allMatch(series -> !series.contains("title"));
    assertThat(events.create(one, two).samples().keySet())
        .hasSize(2)
        .allMatch(series -> series.contains("acme_jobs_title=\""));
    assertThat(events.create(one).samples().keySet())
        .allMatch(series -> series.contains("acme_jobs_title=\"a\""));
    assertThat(events.widened()).isOne();
  }

  @Test
  void pathsThatReadAlikeDoNotShareAName() {
    Decoded decoded =
        events.create(
            Events.event("m", "s", "\"m\":{\"a\":{\"b_c\":1},\"a_b\":{\"c\":2}, \"d.e\":3}"));
    assertThat(decoded.samples().values())
        .containsExactlyInAnyOrder("1.0" + AT, "2.0" + AT, "3.0" + AT);
    assertThat(decoded.samples().keySet())
        .anyMatch(series -> series.startsWith("m_d_e{"))
        .anyMatch(series -> series.startsWith("m_a_b_c{"))
        .anyMatch(series -> series.matches("m_a_b_c_[0-9a-f]{4}\\{.*"));
  }

  @Test
  void labelsOfTheirOwnDoNotReplaceTheUsualOnes() {
    Decoded decoded =
        events.create(Events.event("m", "s", "\"m\":{\"s\":{\"host\":\"other\",\"v\":1}}"));
    assertThat(decoded.samples().keySet())
        .containsExactly(
            "m_s_v{host=\"web01\", instance=\"web01\", job=\"m\", m_s_host=\"other\","
                + " metricset=\"s\"}");
  }

  @Test
  void fieldsThatWereChosenAreLabels() {
    Events choosing = new Events("cloud.region", "fields.*", "tags", "kubernetes.labels.app");
    Decoded decoded =
        choosing.create(
            Events.event(
                "system",
                "load",
                "\"cloud\":{\"region\":\"eu\",\"zone\":\"a\"},\"fields\":{\"env\":\"prod\"},"
                    + "\"tags\":[\"b\",\"a\"],\"kubernetes\":{\"labels\":{\"app\":\"web\",\"x\":\"y\"}},"
                    + "\"system\":{\"load\":{\"1\":0.5}}"));
    assertThat(decoded.samples().keySet())
        .containsExactly(
            "system_load_1{cloud_region=\"eu\", fields_env=\"prod\", host=\"web01\","
                + " instance=\"web01\", job=\"system\", kubernetes_labels_app=\"web\","
                + " metricset=\"load\", tags=\"a,b\"}");
  }
}
