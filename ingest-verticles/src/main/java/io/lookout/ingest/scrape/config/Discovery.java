package io.lookout.ingest.scrape.config;

import io.lookout.model.Labels;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the targets of a job come from. */
public sealed interface Discovery {
  /**
   * Targets that belong together.
   *
   * @param labels of all of them
   * @param targets each with its own labels, {@code __address__} at least
   */
  record TargetGroup(String source, Labels labels, List<Labels> targets) {
    public TargetGroup {
      targets = List.copyOf(targets);
    }
  }

  /** Targets that the configuration lists. */
  record Static(List<TargetGroup> groups) implements Discovery {}

  /** Files, or patterns of file names, that list groups in YAML or JSON. */
  record Files(List<Path> patterns, Duration refresh) implements Discovery {}

  /** A server that answers with groups in JSON. */
  record Http(URI url, Duration refresh, HttpAccess access) implements Discovery {}

  /**
   * Names whose records are targets.
   *
   * @param type SRV, A, AAAA, MX or NS
   * @param port of targets whose records have none
   */
  record Dns(List<String> names, String type, int port, Duration refresh) implements Discovery {}

  /**
   * Objects of a Kubernetes cluster.
   *
   * @param apiServer empty for the cluster that this process runs in, or the one of the file
   * @param namespaces empty for all
   * @param selectors label and field selectors by role
   * @param attachNode whether pods and endpoints get labels of their node
   */
  record Kubernetes(
      String role,
      Optional<URI> apiServer,
      Optional<Path> kubeConfig,
      List<String> namespaces,
      boolean ownNamespace,
      Map<String, Selector> selectors,
      boolean attachNode,
      HttpAccess access)
      implements Discovery {

    /** Which objects of a role count; empty texts for all. */
    public record Selector(String label, String field) {}
  }
}
