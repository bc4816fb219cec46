package io.lookout.app.chart;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rendered object, read by paths like {@code spec.template.spec.containers.0.image}. */
record KubernetesObject(Object yaml) {
  String kind() {
    return text("kind");
  }

  String name() {
    return text("metadata.name");
  }

  String text(String path) {
    return String.valueOf(at(path));
  }

  boolean has(String path) {
    return find(path) != null;
  }

  List<?> list(String path) {
    return (List<?>) at(path);
  }

  Map<?, ?> map(String path) {
    return (Map<?, ?>) at(path);
  }

  private Object at(String path) {
    Object found = find(path);
    if (found == null) {
      throw new AssertionError(path + " is not in " + yaml);
    }
    return found;
  }

  private @Nullable Object find(String path) {
    Object here = yaml;
    for (String step : path.split("\\.", -1)) {
      Object next =
          switch (here) {
            case Map<?, ?> map -> map.get(step);
            case List<?> list -> list.get(Integer.parseInt(step));
            default -> null;
          };
      if (next == null) {
        return null;
      }
      here = next;
    }
    return here;
  }
}
