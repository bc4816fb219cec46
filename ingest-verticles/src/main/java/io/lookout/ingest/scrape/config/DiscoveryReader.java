package io.lookout.ingest.scrape.config;

import io.lookout.ingest.scrape.config.Discovery.Kubernetes;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.yaml.YamlSection;
import io.lookout.model.Labels;
import io.lookout.model.SeriesText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code static_configs} and the {@code *_sd_configs} of a job.
 *
 * @param directory that relative file names start from
 */
record DiscoveryReader(Path directory, HttpAccessReader http) {
  private static final Set<String> ROLES =
      Set.of("node", "pod", "service", "endpoints", "endpointslice", "ingress");

  List<Discovery> read(YamlSection yaml) {
    List<Discovery> all = new ArrayList<>();
    List<YamlSection> fixed = yaml.sections("static_configs");
    if (!fixed.isEmpty()) {
      List<TargetGroup> groups = new ArrayList<>();
      fixed.forEach(each -> groups.add(group(each, Integer.toString(groups.size()))));
      all.add(new Discovery.Static(groups));
    }
    yaml.sections("file_sd_configs").forEach(each -> all.add(files(each)));
    yaml.sections("http_sd_configs").forEach(each -> all.add(http(each)));
    yaml.sections("dns_sd_configs").forEach(each -> all.add(dns(each)));
    yaml.sections("kubernetes_sd_configs").forEach(each -> all.add(kubernetes(each)));
    return all;
  }

  /** {@code targets} and {@code labels}, as configurations and discovery files list them. */
  static TargetGroup group(YamlSection yaml, String source) {
    List<Labels> targets = new ArrayList<>();
    for (String address : yaml.texts("targets")) {
      if (address.contains("/")) {
        throw yaml.problem(
            "targets", SeriesText.quote(address) + " is not a valid hostname: write host:port");
      }
      targets.add(Labels.of("__address__", address));
    }
    Map<String, String> labels = yaml.strings("labels");
    labels.keySet().stream()
        .filter(String::isEmpty)
        .findFirst()
        .ifPresent(empty -> {
          throw yaml.problem("labels", "a label without a name");
        });
    yaml.end("a target group");
    return new TargetGroup(source, Labels.of(labels), targets);
  }

  private Discovery files(YamlSection yaml) {
    List<String> names = yaml.texts("files");
    if (names.isEmpty()) {
      throw yaml.problem("file service discovery config must contain at least one path name");
    }
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!lower.endsWith(".json") && !lower.endsWith(".yml") && !lower.endsWith(".yaml")) {
        throw yaml.problem(
            "files",
            "path name " + SeriesText.quote(name) + " is not valid: .json, .yml or .yaml expected");
      }
    }
    Discovery read =
        new Discovery.Files(
            names.stream().map(directory::resolve).toList(),
            yaml.duration("refresh_interval", Duration.ofMinutes(5)));
    yaml.end("file_sd_configs");
    return read;
  }

  private Discovery http(YamlSection yaml) {
    URI url =
        yaml.parsed("url", DiscoveryReader::listUrl)
            .orElseThrow(() -> yaml.problem("URL is missing"));
    Discovery read =
        new Discovery.Http(
            url, yaml.duration("refresh_interval", Duration.ofMinutes(1)), http.read(yaml));
    yaml.end("http_sd_configs");
    return read;
  }

  private static URI listUrl(String text) {
    URI url = URI.create(text);
    if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))
        || UrlAuthority.of(url).host().isEmpty()) {
      throw new IllegalArgumentException("URL must have the scheme http or https, and a host");
    }
    return url;
  }

  private static Discovery dns(YamlSection yaml) {
    List<String> names = yaml.texts("names");
    if (names.isEmpty()) {
      throw yaml.problem("DNS-SD config must contain at least one SRV record name");
    }
    String type = yaml.text("type", "SRV").toUpperCase(Locale.ROOT);
    if (!Set.of("SRV", "A", "AAAA", "MX", "NS").contains(type)) {
      throw yaml.problem("type", "invalid DNS-SD records type " + type);
    }
    int port = yaml.number("port", 0);
    if (port == 0 && !type.equals("SRV")) {
      throw yaml.problem("a port is required in DNS-SD configs for all record types except SRV");
    }
    Discovery read =
        new Discovery.Dns(
            names, type, port, yaml.duration("refresh_interval", Duration.ofSeconds(30)));
    yaml.end("dns_sd_configs");
    return read;
  }

  private Discovery kubernetes(YamlSection yaml) {
    String role = yaml.text("role", "");
    if (!ROLES.contains(role)) {
      throw yaml.problem(
          "role",
          "unknown Kubernetes SD role "
              + SeriesText.quote(role)
              + ": node, pod, service, endpoints, endpointslice or ingress");
    }
    List<String> namespaces = new ArrayList<>();
    boolean own = false;
    var scope = yaml.section("namespaces");
    if (scope.isPresent()) {
      namespaces.addAll(scope.get().texts("names"));
      own = scope.get().flag("own_namespace", false);
      scope.get().end("namespaces");
    }
    var attached = yaml.section("attach_metadata");
    boolean attachNode = attached.isPresent() && attached.get().flag("node", false);
    attached.ifPresent(section -> section.end("attach_metadata"));
    HttpAccess access = http.read(yaml);
    requireSimple(yaml, access.proxy());
    Kubernetes read =
        new Kubernetes(
            role,
            yaml.parsed("api_server", URI::create),
            yaml.text("kubeconfig_file").map(directory::resolve),
            namespaces,
            own,
            selectors(yaml),
            attachNode,
            access);
    yaml.end("kubernetes_sd_configs");
    return read;
  }

  /** What the client of Kubernetes cannot do is not passed over in silence. */
  private static void requireSimple(YamlSection yaml, HttpAccess.Proxy proxy) {
    if (!proxy.connectHeaders().isEmpty()) {
      throw yaml.problem(
          "proxy_connect_header", "proxy_connect_header is not supported in kubernetes_sd_configs");
    }
    if (proxy.fromEnvironment()) {
      throw yaml.problem(
          "proxy_from_environment",
          "proxy_from_environment is not supported in kubernetes_sd_configs: write proxy_url");
    }
    if (proxy.url().filter(url -> !"http".equals(url.getScheme())).isPresent()) {
      throw yaml.problem(
          "proxy_url", "proxy_url in kubernetes_sd_configs must be http://HOST:PORT");
    }
  }

  private static Map<String, Kubernetes.Selector> selectors(YamlSection yaml) {
    Map<String, Kubernetes.Selector> selectors = new LinkedHashMap<>();
    for (YamlSection each : yaml.sections("selectors")) {
      selectors.put(
          each.text("role", ""),
          new Kubernetes.Selector(each.text("label", ""), each.text("field", "")));
      each.end("selectors");
    }
    return selectors;
  }
}
