package io.lookout.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.marcnuri.helm.LintResult;
import io.lookout.app.repository.SettingsRecords;
import io.lookout.cluster.settings.SettingsBinder;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final String CONTAINER = "spec.template.spec.containers.0";
  private static final List<String> WORKLOADS = List.of("StatefulSet", "Deployment");

  private static final List<KubernetesObject> ALL_IN_ONE = Chart.render(Map.of());
  private static final List<KubernetesObject> ROLES = Chart.render(Map.of("mode", "roles"));

  private static KubernetesObject find(List<KubernetesObject> objects, String kind, String name) {
    return objects.stream()
        .filter(object -> object.kind().equals(kind) && object.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }

  private static List<KubernetesObject> workloads(List<KubernetesObject> objects) {
    return objects.stream().filter(object -> WORKLOADS.contains(object.kind())).toList();
  }

  private static String configFile(List<KubernetesObject> objects) {
    Map<?, ?> data = find(objects, "ConfigMap", "metrics-lookout").map("data");
    return String.valueOf(data.get("lookout.yaml"));
  }

  private static Map<?, ?> config(List<KubernetesObject> objects) {
    return (Map<?, ?>) Chart.yamlDocuments(configFile(objects)).getFirst();
  }

  @Test
  void lintsWithoutAFinding() {
    LintResult result = Chart.lint();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void allInOneIsOneStatefulSetWithAVolume() {
    assertThat(workloads(ALL_IN_ONE)).hasSize(1);
    KubernetesObject set = find(ALL_IN_ONE, "StatefulSet", "metrics-lookout");
    assertThat(set.text("spec.replicas")).isEqualTo("1");
    assertThat(set.list(CONTAINER + ".args"))
        .isEqualTo(
            List.of(
                "run",
                "--config=/etc/lookout/lookout.yaml",
                "--listen=0.0.0.0:9090",
                "--data=/data",
                "--roles=ingest,storage,query"));
    assertThat(set.text("spec.volumeClaimTemplates.0.metadata.name")).isEqualTo("data");
    assertThat(set.text("spec.volumeClaimTemplates.0.spec.resources.requests.storage"))
        .isEqualTo("50Gi");
  }

  @Test
  void rolesAreTwoDeploymentsAndAStatefulSet() {
    assertThat(workloads(ROLES))
        .extracting(KubernetesObject::kind, KubernetesObject::name)
        .containsExactlyInAnyOrder(
            tuple("Deployment", "metrics-lookout-ingest"),
            tuple("StatefulSet", "metrics-lookout-storage"),
            tuple("Deployment", "metrics-lookout-query"));
    for (KubernetesObject workload : workloads(ROLES)) {
      String role = workload.name().substring("metrics-lookout-".length());
      assertThat(workload.list(CONTAINER + ".args").toString()).contains("--roles=" + role + "]");
    }
  }

  @Test
  void onlyStorageKeepsItsDataBeyondThePod() {
    for (KubernetesObject workload : workloads(ROLES)) {
      assertThat(workload.has("spec.volumeClaimTemplates"))
          .as(workload.name())
          .isEqualTo(workload.kind().equals("StatefulSet"));
    }
  }

  @Test
  void membersAreTheStoragePodsByTheirLastingNames() {
    String domain = ".metrics-lookout-storage.observability.svc.cluster.local:5701";
    assertThat(String.valueOf(config(ROLES).get("cluster")))
        .contains(
            "metrics-lookout-storage-0" + domain,
            "metrics-lookout-storage-1" + domain,
            "metrics-lookout-storage-2" + domain)
        .doesNotContain("storage-3");
    KubernetesObject headless = find(ROLES, "Service", "metrics-lookout-storage");
    assertThat(headless.text("spec.clusterIP")).isEqualTo("None");
    assertThat(headless.text("spec.publishNotReadyAddresses")).isEqualTo("true");
    assertThat(find(ROLES, "StatefulSet", "metrics-lookout-storage").text("spec.serviceName"))
        .isEqualTo(headless.name());
  }

  @Test
  void oneProcessFormsNoCluster() {
    assertThat(config(ALL_IN_ONE).containsKey("cluster")).isFalse();
  }

  @Test
  void settingsOfTheUserReachTheFile() {
    List<KubernetesObject> objects = Chart.render(Map.of("config.http.idle.timeout", "1m"));
    assertThat(String.valueOf(config(objects).get("http"))).contains("timeout=1m", "delay=5s");
  }

  @Test
  void aChangedSettingRestartsThePods() {
    String checksum = "spec.template.metadata.annotations";
    KubernetesObject changed =
        find(
            Chart.render(Map.of("config.http.idle.timeout", "1m")),
            "StatefulSet",
            "metrics-lookout");
    assertThat(find(ALL_IN_ONE, "StatefulSet", "metrics-lookout").text(checksum))
        .isNotEqualTo(changed.text(checksum));
  }

  @Test
  void secretsComeFromASecretOnly() {
    List<KubernetesObject> objects = Chart.render(Map.of("secretName", "lookout-passwords"));
    assertThat(objects).extracting(KubernetesObject::kind).doesNotContain("Secret");
    assertThat(
            find(objects, "StatefulSet", "metrics-lookout")
                .text(CONTAINER + ".envFrom.0.secretRef.name"))
        .isEqualTo("lookout-passwords");
  }

  @Test
  void servicesLeadToPods() {
    for (List<KubernetesObject> objects : List.of(ALL_IN_ONE, ROLES)) {
      for (KubernetesObject service : objects) {
        if (service.kind().equals("Service")) {
          assertThat(workloads(objects))
              .as(service.name())
              .anyMatch(workload ->
                  workload
                      .map("spec.template.metadata.labels")
                      .entrySet()
                      .containsAll(service.map("spec.selector").entrySet()));
        }
      }
    }
    assertThat(find(ROLES, "Service", "metrics-lookout-ingest").text("spec.ports"))
        .contains("9090", "7200");
    assertThat(find(ROLES, "Service", "metrics-lookout-query").text("spec.ports"))
        .contains("9090")
        .doesNotContain("7200");
    assertThat(find(ALL_IN_ONE, "Service", "metrics-lookout").text("spec.ports"))
        .contains("9090", "7200");
  }

  @Test
  void everyPodIsProbedBoundedAndUnprivileged() {
    for (List<KubernetesObject> objects : List.of(ALL_IN_ONE, ROLES)) {
      for (KubernetesObject workload : workloads(objects)) {
        assertThat(workload.text(CONTAINER + ".readinessProbe.httpGet.path")).isEqualTo("/-/ready");
        assertThat(workload.text(CONTAINER + ".livenessProbe.httpGet.path"))
            .isEqualTo("/-/healthy");
        assertThat(workload.has(CONTAINER + ".resources.limits.memory")).isTrue();
        assertThat(workload.text("spec.template.spec.securityContext.runAsNonRoot"))
            .isEqualTo("true");
        assertThat(workload.text(CONTAINER + ".securityContext.readOnlyRootFilesystem"))
            .isEqualTo("true");
        assertThat(workload.text(CONTAINER + ".securityContext.allowPrivilegeEscalation"))
            .isEqualTo("false");
        assertThat(workload.text(CONTAINER + ".securityContext.capabilities.drop")).contains("ALL");
        assertThat(workload.text("spec.selector.matchLabels"))
            .contains("app.kubernetes.io/component");
      }
    }
  }

  /** The file and the environment of every pod, bound as the node binds them. */
  @Test
  void everySettingInItExists() {
    for (List<KubernetesObject> objects : List.of(ALL_IN_ONE, ROLES)) {
      for (KubernetesObject workload : workloads(objects)) {
        SettingsBinder binder = new SettingsBinder(SettingsRecords.all());
        binder.yaml("lookout.yaml", configFile(objects)).environment(environment(workload));
        assertThatCode(binder::bind).as(workload.name()).doesNotThrowAnyException();
      }
    }
  }

  /** With what the kubelet would put in for values that it looks up. */
  private static Map<String, String> environment(KubernetesObject workload) {
    Map<String, String> environment = new HashMap<>();
    for (Object entry : workload.list(CONTAINER + ".env")) {
      KubernetesObject variable = new KubernetesObject(entry);
      String value = variable.has("value") ? variable.text("value") : "10.0.0.7";
      environment.put(variable.text("name"), value.replace("$(POD_IP)", "10.0.0.7"));
    }
    return environment;
  }

  private static final Map<String, Object> SCRAPING =
      Map.of(
          "mode",
          "roles",
          "scrapeConfigs[0].job_name",
          "pods",
          "scrapeConfigs[0].kubernetes_sd_configs[0].role",
          "pod");

  @Test
  void scrapeConfigsReachTheNodesThatScrape() {
    List<KubernetesObject> objects = Chart.render(SCRAPING);

    assertThat(String.valueOf(config(objects).get("scrape"))).contains("/etc/lookout/scrape.yaml");
    Map<?, ?> data = find(objects, "ConfigMap", "metrics-lookout").map("data");
    String scrape = String.valueOf(data.get("scrape.yaml"));
    assertThat(ScrapeConfigs.parse(Path.of("scrape.yaml"), scrape))
        .extracting(JobConfig::name)
        .containsExactly("pods");
    String token = "spec.template.spec.automountServiceAccountToken";
    assertThat(find(objects, "Deployment", "metrics-lookout-ingest").text(token)).isEqualTo("true");
    assertThat(find(objects, "Deployment", "metrics-lookout-query").text(token)).isEqualTo("false");
  }

  @Test
  void discoveryMayReadWhatItAsksFor() {
    List<KubernetesObject> objects = Chart.render(SCRAPING);
    String name = "observability-metrics-lookout";

    assertThat(find(objects, "ClusterRole", name).text("rules"))
        .contains("pods", "endpointslices", "ingresses", "watch");
    KubernetesObject binding = find(objects, "ClusterRoleBinding", name);
    assertThat(binding.text("roleRef.name")).isEqualTo(name);
    assertThat(binding.text("subjects.0.name")).isEqualTo("metrics-lookout");
    assertThat(binding.text("subjects.0.namespace")).isEqualTo("observability");
    assertThat(ALL_IN_ONE).extracting(KubernetesObject::kind).doesNotContain("ClusterRole");
  }

  @Test
  void blocksGoToElasticsearchWhereItIsNamed() {
    List<KubernetesObject> objects =
        Chart.render(Map.of("elasticsearch.urls[0]", "https://elasticsearch:9200"));
    SettingsBinder binder = new SettingsBinder(SettingsRecords.all());
    binder.yaml("lookout.yaml", configFile(objects));

    assertThatCode(binder::bind).doesNotThrowAnyException();
    assertThat(String.valueOf(config(objects).get("storage")))
        .contains("store=elasticsearch", "https://elasticsearch:9200", "index=lookout-blocks");
  }

  @Test
  void valuesThatDoNotExistAreRefused() {
    assertThatThrownBy(() -> Chart.render(Map.of("replicas", "3")))
        .hasMessageContaining("replicas");
    assertThatThrownBy(() -> Chart.render(Map.of("mode", "both"))).hasMessageContaining("mode");
  }
}
