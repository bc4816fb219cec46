package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.lookout.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Targets of endpoints, with the labels of the pods behind them. Ports of those pods that no
 * endpoint names become targets too, as in Prometheus.
 */
final class BackedTargets {
  private final String namespace;
  private final ClusterObjects objects;
  private final List<Labels> targets = new ArrayList<>();
  private final Map<Pod, Set<Integer>> seen = new HashMap<>();

  BackedTargets(String namespace, ClusterObjects objects) {
    this.namespace = namespace;
    this.objects = objects;
  }

  void add(
      MetaLabels labels,
      @Nullable ObjectReference behind,
      @Nullable Integer port,
      @Nullable String node) {
    labels.all(objects.node(node));
    Pod pod =
        behind != null && "Pod".equals(behind.getKind())
            ? objects.pod(namespace, behind.getName())
            : null;
    if (pod != null) {
      labels.all(PodTargets.labels(pod));
      for (Container container : pod.getSpec().getContainers()) {
        for (ContainerPort each : container.getPorts()) {
          if (each.getContainerPort().equals(port)) {
            labels.all(PodTargets.container(pod, container, false).build());
            labels.all(PodTargets.port(each));
          }
        }
      }
      seen.computeIfAbsent(pod, p -> new HashSet<>()).add(port == null ? 0 : port);
    }
    targets.add(labels.build());
  }

  List<Labels> withOtherPorts() {
    seen.forEach((pod, ports) -> {
      String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
      if (ip != null && !ip.isEmpty()) {
        for (Container container : pod.getSpec().getContainers()) {
          for (ContainerPort port : container.getPorts()) {
            if (!ports.contains(port.getContainerPort())) {
              targets.add(
                  PodTargets.container(pod, container, false)
                      .address(ip, port.getContainerPort())
                      .all(PodTargets.port(port))
                      .all(PodTargets.labels(pod))
                      .build());
            }
          }
        }
      }
    });
    return targets;
  }
}
