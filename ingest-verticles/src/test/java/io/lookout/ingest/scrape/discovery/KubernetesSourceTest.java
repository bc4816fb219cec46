package io.lookout.ingest.scrape.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.lookout.model.Labels;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against an API server that answers lists and watches as Kubernetes does. */
class KubernetesSourceTest {
  private static final String POD =
      """
      {"metadata":{"name":"web-1","namespace":"shop","uid":"u1","resourceVersion":"5",
        "labels":{"app.kubernetes.io/name":"web"},"annotations":{"prometheus.io/scrape":"true"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"r","controller":true}]},
       "spec":{"nodeName":"n1","containers":[{"name":"main","image":"web:1",
         "ports":[{"name":"metrics","containerPort":8080,"protocol":"TCP"}]}]},
       "status":{"podIP":"10.0.0.7","hostIP":"10.0.0.1","phase":"Running",
         "conditions":[{"type":"Ready","status":"True"}],
         "containerStatuses":[{"name":"main","containerID":"c1","image":"web:1","imageID":"i","ready":true,"restartCount":0}]}}
      """;
  private static final String SERVICE =
      """
      {"metadata":{"name":"web","namespace":"shop","resourceVersion":"5","labels":{"team":"a"}},
       "spec":{"type":"ClusterIP","clusterIP":"10.1.0.1","ports":[{"name":"http","port":80,"protocol":"TCP"}]}}
      """;
  private static final String NODE =
      """
      {"metadata":{"name":"n1","resourceVersion":"5","labels":{"zone":"a"}},
       "spec":{"providerID":"p1"},
       "status":{"addresses":[{"type":"InternalIP","address":"10.0.0.1"},{"type":"Hostname","address":"n1"}],
         "daemonEndpoints":{"kubeletEndpoint":{"Port":10250}}}}
      """;
  private static final String SLICE =
      """
      {"metadata":{"name":"web-abc","namespace":"shop","resourceVersion":"5",
         "labels":{"kubernetes.io/service-name":"web"}},
       "addressType":"IPv4","ports":[{"name":"metrics","port":8080,"protocol":"TCP"}],
       "endpoints":[{"addresses":["10.0.0.7"],"conditions":{"ready":true},"nodeName":"n1",
         "targetRef":{"kind":"Pod","name":"web-1","namespace":"shop"}}]}
      """;
  private static final String INGRESS =
      """
      {"metadata":{"name":"front","namespace":"shop","resourceVersion":"5"},
       "spec":{"ingressClassName":"nginx","tls":[{"hosts":["*.example.com"]}],
         "rules":[{"host":"shop.example.com","http":{"paths":[{"path":"/a","pathType":"Prefix",
           "backend":{"service":{"name":"web","port":{"number":80}}}}]}}]}}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final ApiServer server =
      new ApiServer(
          vertx,
          Map.of(
              "/api/v1/pods", POD,
              "/api/v1/services", SERVICE,
              "/api/v1/nodes", NODE,
              "/apis/discovery.k8s.io/v1/endpointslices", SLICE,
              "/apis/networking.k8s.io/v1/ingresses", INGRESS));

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** All labels of the one target that is found. */
  private Labels found(String role, String more) {
    return foundAt("http://127.0.0.1:" + server.port(), role, more);
  }

  private Labels foundAt(String apiServer, String role, String more) {
    String yaml =
        "scrape_configs: [{job_name: k, kubernetes_sd_configs: [{role: "
            + role
            + ", api_server: '"
            + apiServer
            + "'"
            + more
            + "}]}]";
    Discovery discovery = ScrapeConfigs.parse(Path.of("k.yml"), yaml).get(0).discoveries().get(0);
    TargetSource source = new KubernetesSource(vertx, (Discovery.Kubernetes) discovery);
    Queue<TargetGroup> groups = new ConcurrentLinkedQueue<>();
    vertx.runOnContext(run -> source.start(groups::addAll));
    await().until(() -> !groups.isEmpty());
    vertx.runOnContext(run -> source.stop());
    TargetGroup group = groups.element();
    assertThat(group.targets()).hasSize(1);
    Labels.Builder labels = group.labels().toBuilder();
    group.targets().get(0).forEach(label -> labels.set(label.name(), label.value()));
    return labels.build();
  }

  private static void has(Labels labels, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      assertThat(labels.get(namesAndValues[i]))
          .as(namesAndValues[i])
          .isEqualTo(namesAndValues[i + 1]);
    }
  }

  /** The server stands for a proxy: it is asked for another host, whose name nobody knows. */
  @Test
  void theApiMayStandBehindAProxy() {
    String proxy = ", proxy_url: 'http://127.0.0.1:" + server.port() + "'";
    has(
        foundAt("http://kubernetes.example:6443", "pod", proxy),
        "__meta_kubernetes_pod_name",
        "web-1");
  }

  @Test
  void podsArePortsOfContainers() {
    has(
        found("pod", ", attach_metadata: {node: true}"),
        "__address__",
        "10.0.0.7:8080",
        "__meta_kubernetes_namespace",
        "shop",
        "__meta_kubernetes_pod_name",
        "web-1",
        "__meta_kubernetes_pod_ip",
        "10.0.0.7",
        "__meta_kubernetes_pod_host_ip",
        "10.0.0.1",
        "__meta_kubernetes_pod_uid",
        "u1",
        "__meta_kubernetes_pod_ready",
        "true",
        "__meta_kubernetes_pod_phase",
        "Running",
        "__meta_kubernetes_pod_node_name",
        "n1",
        "__meta_kubernetes_pod_controller_kind",
        "ReplicaSet",
        "__meta_kubernetes_pod_controller_name",
        "web",
        "__meta_kubernetes_pod_container_name",
        "main",
        "__meta_kubernetes_pod_container_image",
        "web:1",
        "__meta_kubernetes_pod_container_id",
        "c1",
        "__meta_kubernetes_pod_container_init",
        "false",
        "__meta_kubernetes_pod_container_port_name",
        "metrics",
        "__meta_kubernetes_pod_container_port_number",
        "8080",
        "__meta_kubernetes_pod_container_port_protocol",
        "TCP",
        "__meta_kubernetes_pod_label_app_kubernetes_io_name",
        "web",
        "__meta_kubernetes_pod_labelpresent_app_kubernetes_io_name",
        "true",
        "__meta_kubernetes_pod_annotation_prometheus_io_scrape",
        "true",
        "__meta_kubernetes_node_label_zone",
        "a");
  }

  @Test
  void nodesAreKubelets() {
    has(
        found("node", ""),
        "__address__",
        "10.0.0.1:10250",
        "instance",
        "n1",
        "__meta_kubernetes_node_name",
        "n1",
        "__meta_kubernetes_node_provider_id",
        "p1",
        "__meta_kubernetes_node_label_zone",
        "a",
        "__meta_kubernetes_node_address_InternalIP",
        "10.0.0.1",
        "__meta_kubernetes_node_address_Hostname",
        "n1");
  }

  @Test
  void servicesArePorts() {
    has(
        found("service", ""),
        "__address__",
        "web.shop.svc:80",
        "__meta_kubernetes_service_name",
        "web",
        "__meta_kubernetes_service_type",
        "ClusterIP",
        "__meta_kubernetes_service_cluster_ip",
        "10.1.0.1",
        "__meta_kubernetes_service_port_name",
        "http",
        "__meta_kubernetes_service_port_number",
        "80",
        "__meta_kubernetes_service_label_team",
        "a");
  }

  @Test
  void slicesKnowTheirServiceAndPods() {
    has(
        found("endpointslice", ""),
        "__address__",
        "10.0.0.7:8080",
        "__meta_kubernetes_endpointslice_name",
        "web-abc",
        "__meta_kubernetes_endpointslice_port",
        "8080",
        "__meta_kubernetes_endpointslice_port_name",
        "metrics",
        "__meta_kubernetes_endpointslice_endpoint_conditions_ready",
        "true",
        "__meta_kubernetes_endpointslice_address_target_kind",
        "Pod",
        "__meta_kubernetes_service_name",
        "web",
        "__meta_kubernetes_service_label_team",
        "a",
        "__meta_kubernetes_pod_name",
        "web-1",
        "__meta_kubernetes_pod_container_port_name",
        "metrics");
  }

  @Test
  void ingressesArePathsOfHosts() {
    has(
        found("ingress", ""),
        "__address__",
        "shop.example.com",
        "__meta_kubernetes_ingress_name",
        "front",
        "__meta_kubernetes_ingress_scheme",
        "https",
        "__meta_kubernetes_ingress_host",
        "shop.example.com",
        "__meta_kubernetes_ingress_path",
        "/a",
        "__meta_kubernetes_ingress_class_name",
        "nginx");
  }
}
