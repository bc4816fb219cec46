package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The role {@code node}: the kubelet of each node. */
final class NodeTargets {
  private static final List<String> PREFERRED =
      List.of("InternalIP", "InternalDNS", "ExternalIP", "ExternalDNS", "LegacyHostIP", "Hostname");

  private NodeTargets() {}

  static TargetGroup group(Node node) {
    String name = node.getMetadata().getName();
    MetaLabels labels =
        new MetaLabels()
            .set("node_name", name)
            .set("node_provider_id", node.getSpec() == null ? "" : node.getSpec().getProviderID())
            .object("node", node);
    Optional<String> address = address(node);
    if (address.isEmpty()) {
      return new TargetGroup("node/" + name, labels.build(), List.of());
    }
    MetaLabels target = new MetaLabels().address(address.get(), port(node)).plain("instance", name);
    addresses(node)
        .forEach(each -> target.set("node_address_" + each.getType(), each.getAddress()));
    return new TargetGroup("node/" + name, labels.build(), List.of(target.build()));
  }

  private static Stream<NodeAddress> addresses(Node node) {
    return node.getStatus() == null ? Stream.empty() : node.getStatus().getAddresses().stream();
  }

  private static Optional<String> address(Node node) {
    return PREFERRED.stream()
        .flatMap(type -> addresses(node).filter(each -> type.equals(each.getType())))
        .map(NodeAddress::getAddress)
        .findFirst();
  }

  private static int port(Node node) {
    boolean known =
        node.getStatus().getDaemonEndpoints() != null
            && node.getStatus().getDaemonEndpoints().getKubeletEndpoint() != null;
    return known ? node.getStatus().getDaemonEndpoints().getKubeletEndpoint().getPort() : 10250;
  }
}
