package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The role {@code pod}: each port of each container; a container without ports is one target. */
final class PodTargets {
  private PodTargets() {}

  static TargetGroup group(Pod pod, ClusterObjects objects) {
    String source = "pod/" + ClusterObjects.key(pod);
    Labels labels =
        new MetaLabels()
            .set("namespace", pod.getMetadata().getNamespace())
            .all(labels(pod))
            .all(objects.node(pod.getSpec() == null ? null : pod.getSpec().getNodeName()))
            .build();
    String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
    if (ip == null || ip.isEmpty()) {
      return new TargetGroup(source, labels, List.of());
    }
    List<Labels> targets = new ArrayList<>();
    pod.getSpec().getContainers().forEach(each -> add(pod, each, ip, false, targets));
    pod.getSpec().getInitContainers().forEach(each -> add(pod, each, ip, true, targets));
    return new TargetGroup(source, labels, targets);
  }

  private static void add(Pod pod, Container container, String ip, boolean init, List<Labels> to) {
    if (container.getPorts().isEmpty()) {
      to.add(container(pod, container, init).address(ip, null).build());
    }
    for (ContainerPort port : container.getPorts()) {
      to.add(
          container(pod, container, init)
              .address(ip, port.getContainerPort())
              .all(port(port))
              .build());
    }
  }

  static Labels port(ContainerPort port) {
    return new MetaLabels()
        .set("pod_container_port_number", port.getContainerPort().toString())
        .set("pod_container_port_name", port.getName())
        .set("pod_container_port_protocol", port.getProtocol() == null ? "TCP" : port.getProtocol())
        .build();
  }

  static MetaLabels container(Pod pod, Container container, boolean init) {
    PodStatus status = pod.getStatus();
    String id =
        Stream.of(status.getContainerStatuses(), status.getInitContainerStatuses())
            .flatMap(List::stream)
            .filter(each -> each.getName().equals(container.getName()))
            .map(ContainerStatus::getContainerID)
            .filter(each -> each != null)
            .findFirst()
            .orElse("");
    return new MetaLabels()
        .set("pod_container_name", container.getName())
        .set("pod_container_id", id)
        .set("pod_container_image", container.getImage())
        .set("pod_container_init", Boolean.toString(init));
  }

  /** What is known of a pod, whoever refers to it. */
  static Labels labels(Pod pod) {
    PodStatus status = pod.getStatus();
    MetaLabels labels =
        new MetaLabels()
            .set("pod_name", pod.getMetadata().getName())
            .set("pod_uid", pod.getMetadata().getUid())
            .object("pod", pod);
    if (pod.getSpec() != null) {
      labels.set("pod_node_name", pod.getSpec().getNodeName());
    }
    if (status != null) {
      labels
          .set("pod_ip", status.getPodIP())
          .set("pod_host_ip", status.getHostIP())
          .set("pod_phase", status.getPhase())
          .set("pod_ready", ready(status));
    }
    OwnerReference controller = controller(pod);
    if (controller != null) {
      labels
          .set("pod_controller_kind", controller.getKind())
          .set("pod_controller_name", controller.getName());
    }
    return labels.build();
  }

  private static String ready(PodStatus status) {
    return status.getConditions().stream()
        .filter(each -> "Ready".equals(each.getType()))
        .map(each -> each.getStatus().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("unknown");
  }

  private static @Nullable OwnerReference controller(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(each -> Boolean.TRUE.equals(each.getController()))
        .findFirst()
        .orElse(null);
  }
}
