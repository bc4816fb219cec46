package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** The role {@code service}: each port of each service, by its name in the cluster's DNS. */
final class ServiceTargets {
  private ServiceTargets() {}

  static TargetGroup group(Service service) {
    String namespace = service.getMetadata().getNamespace();
    String name = service.getMetadata().getName();
    Labels labels =
        new MetaLabels()
            .set("namespace", namespace)
            .set("service_name", name)
            .object("service", service)
            .build();
    List<Labels> targets = new ArrayList<>();
    for (ServicePort port : service.getSpec().getPorts()) {
      targets.add(target(service, port, name + "." + namespace + ".svc"));
    }
    return new TargetGroup("svc/" + ClusterObjects.key(service), labels, targets);
  }

  private static Labels target(Service service, ServicePort port, String host) {
    String type = service.getSpec().getType() == null ? "ClusterIP" : service.getSpec().getType();
    MetaLabels labels =
        new MetaLabels()
            .address(host, port.getPort())
            .set("service_port_name", port.getName())
            .set("service_port_number", port.getPort().toString())
            .set("service_port_protocol", port.getProtocol() == null ? "TCP" : port.getProtocol())
            .set("service_type", type);
    if (type.equals("ExternalName")) {
      labels.set("service_external_name", service.getSpec().getExternalName());
    } else {
      labels.set("service_cluster_ip", service.getSpec().getClusterIP());
    }
    if (type.equals("LoadBalancer")) {
      labels.set("service_loadbalancer_ip", service.getSpec().getLoadBalancerIP());
    }
    return labels.build();
  }
}
