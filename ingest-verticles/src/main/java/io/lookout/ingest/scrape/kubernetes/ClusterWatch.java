package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Follows the objects that a role needs, and makes groups of them. Blocks while it starts. */
public final class ClusterWatch implements AutoCloseable {
  private final KubernetesClient client;
  private final Discovery.Kubernetes config;
  private final Map<Class<?>, List<SharedIndexInformer<?>>> informers = new HashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean(true);

  public ClusterWatch(KubernetesClient client, Discovery.Kubernetes config) {
    this.client = client;
    this.config = config;
    switch (config.role()) {
      case "node" -> follow(Node.class, "node");
      case "pod" -> follow(Pod.class, "pod");
      case "service" -> follow(Service.class, "service");
      case "ingress" -> follow(Ingress.class, "ingress");
      case "endpoints" -> {
        follow(Endpoints.class, "endpoints");
        follow(Service.class, "service");
        follow(Pod.class, "pod");
      }
      default -> {
        follow(EndpointSlice.class, "endpointslice");
        follow(Service.class, "service");
        follow(Pod.class, "pod");
      }
    }
    if (config.attachNode() && !config.role().equals("node")) {
      follow(Node.class, "node");
    }
  }

  private <T extends HasMetadata> void follow(Class<T> type, String role) {
    List<SharedIndexInformer<?>> all = new ArrayList<>();
    for (String namespace : namespaces(type)) {
      all.add(inform(type, namespace, config.selectors().get(role)));
    }
    informers.put(type, all);
  }

  /** One empty name for all namespaces. */
  private List<String> namespaces(Class<?> type) {
    List<String> names = new ArrayList<>(config.namespaces());
    if (config.ownNamespace() && client.getNamespace() != null) {
      names.add(client.getNamespace());
    }
    return names.isEmpty() || type == Node.class ? List.of("") : names;
  }

  private <T extends HasMetadata> SharedIndexInformer<T> inform(
      Class<T> type, String namespace, Discovery.Kubernetes.@Nullable Selector selector) {
    MixedOperation<T, ?, Resource<T>> all = client.resources(type);
    var selected = namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace);
    FilterWatchListDeletable<T, ?, Resource<T>> filtered = selected;
    if (selector != null && !selector.label().isEmpty()) {
      filtered = filtered.withLabelSelector(selector.label());
    }
    if (selector != null && !selector.field().isEmpty()) {
      for (String field : selector.field().split(",", -1)) {
        String[] pair = field.split("=+", 2);
        filtered = filtered.withField(pair[0], pair.length > 1 ? pair[1] : "");
      }
    }
    SharedIndexInformer<T> informer = filtered.runnableInformer(0);
    informer.addEventHandler(new Flag<>(changed)).exceptionHandler((started, failure) -> true);
    informer.start();
    return informer;
  }

  /** Whether anything has changed since groups were made. */
  public boolean hasChanged() {
    return isSynced() && changed.get();
  }

  private boolean isSynced() {
    return informers.values().stream()
        .allMatch(all -> all.stream().allMatch(SharedIndexInformer::hasSynced));
  }

  /** What there is now. */
  public List<TargetGroup> groups() {
    changed.set(false);
    ClusterObjects objects =
        new ClusterObjects(of(Node.class), of(Pod.class), of(Service.class), config.attachNode());
    return switch (config.role()) {
      case "node" -> of(Node.class).stream().map(NodeTargets::group).toList();
      case "pod" -> of(Pod.class).stream().map(pod -> PodTargets.group(pod, objects)).toList();
      case "service" -> of(Service.class).stream().map(ServiceTargets::group).toList();
      case "ingress" -> of(Ingress.class).stream().map(IngressTargets::group).toList();
      case "endpoints" ->
          of(Endpoints.class).stream().map(each -> EndpointTargets.group(each, objects)).toList();
      default ->
          of(EndpointSlice.class).stream().map(each -> SliceTargets.group(each, objects)).toList();
    };
  }

  private <T extends HasMetadata> List<T> of(Class<T> type) {
    List<T> found = new ArrayList<>();
    for (SharedIndexInformer<?> informer : informers.getOrDefault(type, List.of())) {
      informer.getStore().list().forEach(object -> found.add(type.cast(object)));
    }
    return found;
  }

  @Override
  public void close() {
    informers.values().forEach(all -> all.forEach(SharedIndexInformer::stop));
    client.close();
  }

  /** Notes that something has changed. */
  private record Flag<T>(AtomicBoolean changed) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      changed.set(true);
    }

    @Override
    public void onUpdate(T before, T now) {
      changed.set(true);
    }

    @Override
    public void onDelete(T object, boolean unknown) {
      changed.set(true);
    }
  }
}
