package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** The role {@code ingress}: each path of each host. */
final class IngressTargets {
  private IngressTargets() {}

  static TargetGroup group(Ingress ingress) {
    String className = ingress.getSpec().getIngressClassName();
    Labels labels =
        new MetaLabels()
            .set("namespace", ingress.getMetadata().getNamespace())
            .set("ingress_name", ingress.getMetadata().getName())
            .set("ingress_class_name", className)
            .object("ingress", ingress)
            .build();
    List<Labels> targets = new ArrayList<>();
    for (IngressRule rule : ingress.getSpec().getRules()) {
      String host = rule.getHost() == null || rule.getHost().isEmpty() ? "*" : rule.getHost();
      String scheme = isSecure(ingress, host) ? "https" : "http";
      for (String path : paths(rule)) {
        targets.add(
            new MetaLabels()
                .address(host, null)
                .set("ingress_scheme", scheme)
                .set("ingress_host", host)
                .set("ingress_path", path)
                .build());
      }
    }
    return new TargetGroup("ingress/" + ClusterObjects.key(ingress), labels, targets);
  }

  private static List<String> paths(IngressRule rule) {
    if (rule.getHttp() == null) {
      return List.of("/");
    }
    return rule.getHttp().getPaths().stream()
        .map(HTTPIngressPath::getPath)
        .map(path -> path == null || path.isEmpty() ? "/" : path)
        .toList();
  }

  /** A certificate for {@code *.example.com} covers one more part. */
  private static boolean isSecure(Ingress ingress, String host) {
    return ingress.getSpec().getTls().stream()
        .flatMap(tls -> tls.getHosts().stream())
        .anyMatch(pattern ->
            pattern.equals(host)
                || (pattern.startsWith("*.")
                    && host.indexOf('.') > 0
                    && host.substring(host.indexOf('.')).equals(pattern.substring(1))));
  }
}
