package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.lookout.model.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What targets refer to: nodes, pods and services, by name. */
final class ClusterObjects {
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Pod> pods = new HashMap<>();
  private final Map<String, Service> services = new HashMap<>();
  private final boolean attachNode;

  ClusterObjects(List<Node> nodes, List<Pod> pods, List<Service> services, boolean attachNode) {
    nodes.forEach(node -> this.nodes.put(node.getMetadata().getName(), node));
    pods.forEach(pod -> this.pods.put(key(pod), pod));
    services.forEach(service -> this.services.put(key(service), service));
    this.attachNode = attachNode;
  }

  static String key(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  @Nullable Pod pod(String namespace, String name) {
    return pods.get(namespace + "/" + name);
  }

  /** Labels of a service that is named, where it is known. */
  Labels service(String namespace, @Nullable String name) {
    Service service = services.get(namespace + "/" + name);
    return service == null
        ? Labels.EMPTY
        : new MetaLabels()
            .set("service_name", service.getMetadata().getName())
            .object("service", service)
            .build();
  }

  /** Labels of a node, where they are wanted. */
  Labels node(@Nullable String name) {
    Node node = attachNode && name != null ? nodes.get(name) : null;
    return node == null
        ? Labels.EMPTY
        : new MetaLabels().set("node_name", name).object("node", node).build();
  }
}
