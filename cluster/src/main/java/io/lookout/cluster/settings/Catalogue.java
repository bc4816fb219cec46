package io.lookout.cluster.settings;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All settings that exist on this node: the components of all settings records. */
final class Catalogue {
  private final TreeMap<String, Definition> byName = new TreeMap<>();

  static Catalogue of(Collection<Class<? extends Record>> types) {
    Catalogue catalogue = new Catalogue();
    for (Class<? extends Record> type : types) {
      for (RecordComponent component : type.getRecordComponents()) {
        catalogue.add(Definition.of(component));
      }
    }
    return catalogue;
  }

  private void add(Definition definition) {
    if (byName.put(definition.name(), definition) != null) {
      throw new IllegalArgumentException("setting " + definition.name() + " is declared twice");
    }
  }

  Collection<Definition> all() {
    return byName.values();
  }

  @Nullable Definition find(String name) {
    return byName.get(name);
  }

  /** What to say to somebody who wrote a name that does not exist. */
  String unknown(String name) {
    Map<String, Definition> area = byName.subMap(name + ".", name + "/");
    if (!area.isEmpty()) {
      return "setting " + name + " is an area, not a setting; it has " + listed(area.keySet());
    }
    return nearest(name)
        .map(known -> "unknown setting " + name + "; the nearest known one is " + known)
        .orElse("unknown setting " + name);
  }

  private static String listed(Set<String> names) {
    List<String> first = names.stream().limit(5).toList();
    return String.join(", ", first) + (names.size() > first.size() ? ", …" : "");
  }

  private Optional<String> nearest(String name) {
    return byName.keySet().stream()
        .min(Comparator.comparingInt(known -> EditDistance.between(name, known)));
  }
}
