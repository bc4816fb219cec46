package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.model.Labels;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The role {@code endpointslice}: each address and port of each slice. */
final class SliceTargets {
  private SliceTargets() {}

  static TargetGroup group(EndpointSlice slice, ClusterObjects objects) {
    String namespace = slice.getMetadata().getNamespace();
    Map<String, String> own = slice.getMetadata().getLabels();
    String service = own == null ? null : own.get("kubernetes.io/service-name");
    Labels labels =
        new MetaLabels()
            .set("namespace", namespace)
            .set("endpointslice_name", slice.getMetadata().getName())
            .set("endpointslice_address_type", slice.getAddressType())
            .object("endpointslice", slice)
            .all(objects.service(namespace, service))
            .build();
    BackedTargets targets = new BackedTargets(namespace, objects);
    for (EndpointPort port : slice.getPorts()) {
      for (Endpoint endpoint : slice.getEndpoints()) {
        for (String address : endpoint.getAddresses()) {
          MetaLabels target = labels(endpoint, port).address(address, port.getPort());
          targets.add(target, endpoint.getTargetRef(), port.getPort(), endpoint.getNodeName());
        }
      }
    }
    return new TargetGroup(
        "endpointslice/" + ClusterObjects.key(slice), labels, targets.withOtherPorts());
  }

  private static MetaLabels labels(Endpoint endpoint, EndpointPort port) {
    String prefix = "endpointslice_";
    MetaLabels labels =
        new MetaLabels()
            .set(prefix + "port_name", port.getName())
            .set(prefix + "port_protocol", port.getProtocol() == null ? "TCP" : port.getProtocol())
            .set(prefix + "port", port.getPort() == null ? "" : port.getPort().toString())
            .set(prefix + "port_app_protocol", port.getAppProtocol())
            .set(prefix + "endpoint_hostname", endpoint.getHostname())
            .set(prefix + "endpoint_node_name", endpoint.getNodeName())
            .set(prefix + "endpoint_zone", endpoint.getZone());
    conditions(labels, endpoint.getConditions());
    if (endpoint.getTargetRef() != null) {
      labels
          .set(prefix + "address_target_kind", endpoint.getTargetRef().getKind())
          .set(prefix + "address_target_name", endpoint.getTargetRef().getName());
    }
    return labels;
  }

  private static void conditions(MetaLabels labels, @Nullable EndpointConditions conditions) {
    if (conditions != null) {
      labels
          .flag("endpointslice_endpoint_conditions_ready", conditions.getReady())
          .flag("endpointslice_endpoint_conditions_serving", conditions.getServing())
          .flag("endpointslice_endpoint_conditions_terminating", conditions.getTerminating());
    }
  }
}
