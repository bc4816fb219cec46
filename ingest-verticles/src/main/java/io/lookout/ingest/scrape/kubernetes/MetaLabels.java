package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.lookout.model.Labels;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects labels that begin with {@code __meta_kubernetes_}. */
final class MetaLabels {
  private static final String PREFIX = "__meta_kubernetes_";

  private final Labels.Builder labels = Labels.EMPTY.toBuilder();

  MetaLabels set(String name, @Nullable String value) {
    labels.set(PREFIX + name, value == null ? "" : value);
    return this;
  }

  MetaLabels flag(String name, @Nullable Boolean value) {
    return value == null ? this : set(name, value.toString());
  }

  MetaLabels address(String host, @Nullable Integer port) {
    String plain = host.indexOf(':') < 0 ? host : "[" + host + "]";
    labels.set("__address__", port == null ? plain : plain + ":" + port);
    return this;
  }

  MetaLabels plain(String name, String value) {
    labels.set(name, value);
    return this;
  }

  /** Labels and annotations of an object, each with a mark that it is there. */
  MetaLabels object(String kind, HasMetadata object) {
    map(kind + "_label", object.getMetadata().getLabels());
    map(kind + "_annotation", object.getMetadata().getAnnotations());
    return this;
  }

  private void map(String kind, @Nullable Map<String, String> values) {
    if (values != null) {
      values.forEach((name, value) -> {
        set(kind + "_" + sanitized(name), value);
        set(kind + "present_" + sanitized(name), "true");
      });
    }
  }

  MetaLabels all(Labels more) {
    more.forEach(label -> labels.set(label.name(), label.value()));
    return this;
  }

  Labels build() {
    return labels.build();
  }

  static String sanitized(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean legal =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      out.append(legal ? c : '_');
    }
    return out.toString();
  }
}
