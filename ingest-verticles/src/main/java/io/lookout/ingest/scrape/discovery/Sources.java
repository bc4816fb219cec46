package io.lookout.ingest.scrape.discovery;

import io.lookout.ingest.scrape.config.Discovery;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClientOptions;
import java.util.Optional;

/**
 * Makes the source of a configured discovery.
 *
 * @param dnsServer empty for the system's
 */
public record Sources(Vertx vertx, Optional<DnsClientOptions> dnsServer) {
  public TargetSource open(Discovery discovery) {
    return switch (discovery) {
      case Discovery.Static fixed -> new StaticSource(fixed.groups());
      case Discovery.Files files -> new FileSource(vertx, files);
      case Discovery.Http http -> new HttpSource(vertx, http);
      case Discovery.Dns dns -> new DnsSource(vertx, dns, dnsServer);
      case Discovery.Kubernetes kubernetes -> new KubernetesSource(vertx, kubernetes);
    };
  }
}
