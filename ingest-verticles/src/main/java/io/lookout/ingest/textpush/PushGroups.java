package io.lookout.ingest.textpush;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which series each group was last pushed with, so that those which go are marked as stale. Bounded
 * by the number of series: beyond it, the groups that were silent longest are forgotten, and go
 * without a marker. Thread-safe.
 */
public final class PushGroups {
  private final int maxSeries;
  private final Map<Group, Set<SeriesKey>> groups = new LinkedHashMap<>(16, 0.75f, true);
  private int series;

  private record Group(String tenant, Labels labels) {}

  public PushGroups(int maxSeries) {
    this.maxSeries = maxSeries;
  }

  /** All that is in the group now is this; returns what was in it and is not any more. */
  synchronized List<SeriesKey> replace(String tenant, Labels labels, List<SeriesKey> pushed) {
    Set<SeriesKey> now = new HashSet<>(pushed);
    List<SeriesKey> gone = vanished(forget(new Group(tenant, labels)), now);
    remember(new Group(tenant, labels), now);
    return gone;
  }

  /** Metrics of these names are replaced, others stay; returns what is not there any more. */
  synchronized List<SeriesKey> update(String tenant, Labels labels, List<SeriesKey> pushed) {
    Set<SeriesKey> now = new HashSet<>(pushed);
    Set<String> names = new HashSet<>();
    pushed.forEach(key -> names.add(key.labels().metricName()));
    List<SeriesKey> gone = new ArrayList<>();
    for (SeriesKey before : forget(new Group(tenant, labels))) {
      if (!names.contains(before.labels().metricName())) {
        now.add(before);
      } else if (!now.contains(before)) {
        gone.add(before);
      }
    }
    remember(new Group(tenant, labels), now);
    return gone;
  }

  /** The group is no more; returns what was in it. */
  synchronized List<SeriesKey> delete(String tenant, Labels labels) {
    return List.copyOf(forget(new Group(tenant, labels)));
  }

  private static List<SeriesKey> vanished(Set<SeriesKey> before, Set<SeriesKey> now) {
    return before.stream().filter(key -> !now.contains(key)).toList();
  }

  private Set<SeriesKey> forget(Group group) {
    Set<SeriesKey> known = groups.remove(group);
    if (known == null) {
      return Set.of();
    }
    series -= known.size();
    return known;
  }

  private void remember(Group group, Set<SeriesKey> now) {
    groups.put(group, now);
    series += now.size();
    Iterator<Set<SeriesKey>> eldest = groups.values().iterator();
    while (series > maxSeries && eldest.hasNext()) {
      series -= eldest.next().size();
      eldest.remove();
    }
  }
}
