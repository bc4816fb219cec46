package io.lookout.ingest.scrape.discovery;

import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.model.Labels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.DnsException;
import io.vertx.core.dns.DnsResponseCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks names up. What a name stood for last counts while it cannot be looked up. */
final class DnsSource implements TargetSource {
  private static final Logger LOG = LoggerFactory.getLogger(DnsSource.class);

  private final Vertx vertx;
  private final Discovery.Dns config;
  private final DnsClient client;
  private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
  private Future<?> asking = Future.succeededFuture();
  private long timer = -1;

  DnsSource(Vertx vertx, Discovery.Dns config, Optional<DnsClientOptions> server) {
    this.vertx = vertx;
    this.config = config;
    this.client = server.map(vertx::createDnsClient).orElseGet(vertx::createDnsClient);
  }

  @Override
  public void start(Consumer<List<TargetGroup>> listener) {
    timer = vertx.setPeriodic(Math.max(1, config.refresh().toMillis()), id -> ask(listener));
    ask(listener);
  }

  private void ask(Consumer<List<TargetGroup>> listener) {
    if (!asking.isComplete()) {
      return;
    }
    List<Future<?>> all = new ArrayList<>();
    for (String name : config.names()) {
      all.add(
          resolve(name)
              .recover(DnsSource::none)
              .onSuccess(targets -> groups.put(name, group(name, targets)))
              .onFailure(failure -> LOG.warn("Cannot look up {}: {}", name, failure.toString())));
    }
    asking =
        Future.join(all)
            .onComplete(done -> {
              if (timer >= 0) {
                listener.accept(List.copyOf(groups.values()));
              }
            });
  }

  /** That a name is not there is an answer: nothing stands for it any more. */
  private static Future<List<Labels>> none(Throwable failure) {
    return failure instanceof DnsException refused && refused.code() == DnsResponseCode.NXDOMAIN
        ? Future.succeededFuture(List.of())
        : Future.failedFuture(failure);
  }

  private static TargetGroup group(String name, List<Labels> targets) {
    return new TargetGroup(name, Labels.of("__meta_dns_name", name), targets);
  }

  private Future<List<Labels>> resolve(String name) {
    return switch (config.type()) {
      case "A" -> client.resolveA(name).map(this::addresses);
      case "AAAA" -> client.resolveAAAA(name).map(this::addresses);
      case "MX" ->
          client
              .resolveMX(name)
              .map(records ->
                  records.stream()
                      .map(mx -> target(mx.name(), config.port(), "mx_record_target", mx.name()))
                      .toList());
      case "NS" ->
          client
              .resolveNS(name)
              .map(servers ->
                  servers.stream()
                      .map(ns -> target(ns, config.port(), "ns_record_target", ns))
                      .toList());
      default ->
          client
              .resolveSRV(name)
              .map(records ->
                  records.stream().map(srv -> service(srv.target(), srv.port())).toList());
    };
  }

  private List<Labels> addresses(List<String> addresses) {
    return addresses.stream()
        .map(address -> Labels.of("__address__", hostPort(address, config.port())))
        .toList();
  }

  private static Labels service(String host, int port) {
    return target(host, port, "srv_record_target", host).toBuilder()
        .set("__meta_dns_srv_record_port", Integer.toString(port))
        .build();
  }

  private static Labels target(String host, int port, String meta, String value) {
    String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return Labels.of(
        "__address__",
        hostPort(plain, port),
        "__meta_dns_" + meta,
        value.endsWith(".") ? value : value + ".");
  }

  static String hostPort(String host, int port) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  @Override
  public void stop() {
    vertx.cancelTimer(timer);
    timer = -1;
    client.close();
  }
}
