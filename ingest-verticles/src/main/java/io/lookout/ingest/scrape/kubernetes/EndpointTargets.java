package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.model.Labels;
import java.util.List;

/** The role {@code endpoints}: each address and port of each service's endpoints. */
final class EndpointTargets {
  private EndpointTargets() {}

  static TargetGroup group(Endpoints endpoints, ClusterObjects objects) {
    String namespace = endpoints.getMetadata().getNamespace();
    String name = endpoints.getMetadata().getName();
    Labels labels =
        new MetaLabels()
            .set("namespace", namespace)
            .set("endpoints_name", name)
            .object("endpoints", endpoints)
            .all(objects.service(namespace, name))
            .build();
    BackedTargets targets = new BackedTargets(namespace, objects);
    for (EndpointSubset subset : endpoints.getSubsets()) {
      for (EndpointPort port : subset.getPorts()) {
        subset.getAddresses().forEach(each -> add(targets, each, port, true));
        subset.getNotReadyAddresses().forEach(each -> add(targets, each, port, false));
      }
    }
    List<Labels> all = targets.withOtherPorts();
    return new TargetGroup("endpoints/" + ClusterObjects.key(endpoints), labels, all);
  }

  private static void add(
      BackedTargets targets, EndpointAddress address, EndpointPort port, boolean ready) {
    MetaLabels labels =
        new MetaLabels()
            .address(address.getIp(), port.getPort())
            .set("endpoint_port_name", port.getName())
            .set("endpoint_port_protocol", port.getProtocol() == null ? "TCP" : port.getProtocol())
            .set("endpoint_ready", Boolean.toString(ready))
            .set("endpoint_node_name", address.getNodeName())
            .set("endpoint_hostname", address.getHostname());
    if (address.getTargetRef() != null) {
      labels
          .set("endpoint_address_target_kind", address.getTargetRef().getKind())
          .set("endpoint_address_target_name", address.getTargetRef().getName());
    }
    targets.add(labels, address.getTargetRef(), port.getPort(), address.getNodeName());
  }
}
