package io.lookout.ingest.textpush;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each group was last pushed with: series that go are marked as stale, types must agree from
 * group to group, and whoever asks is told. Bounded by the number of series: beyond it, the groups
 * that were silent longest are forgotten, and go without a marker. Thread-safe.
 */
public final class PushGroups {
  /** Every group has the times of its pushes beside what was pushed. */
  private static final int OWN_SERIES = 2;

  private final int maxSeries;
  private final Map<Group, Content> groups = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Family, TypeUse> types = new HashMap<>();
  private int series;

  private record Group(String tenant, Labels labels) {}

  /**
   * What is in a group.
   *
   * @param series with the values that they were pushed with last
   * @param families by name
   * @param pushed when a push last succeeded, ms; 0 for never
   * @param failed when one last failed, ms; 0 for never
   */
  record Content(
      Map<SeriesKey, Double> series, Map<String, PushedFamily> families, long pushed, long failed) {
    static final Content NONE = new Content(Map.of(), Map.of(), 0, 0);

    int weight() {
      return series.size() + OWN_SERIES;
    }
  }

  private record Family(String tenant, String name) {}

  /** The type that a family has in all groups that have it. */
  private record TypeUse(String type, int groups) {}

  /**
   * What is pushed.
   *
   * @param series with their values
   * @param families that the series belong to, by name
   * @param replacing whether nothing else stays in the group; otherwise metrics of other names do
   * @param time ms
   */
  record Push(
      String tenant,
      Labels labels,
      Map<SeriesKey, Double> series,
      Map<String, PushedFamily> families,
      boolean replacing,
      long time) {}

  /**
   * What a push changed.
   *
   * @param gone series that are not in the group any more
   * @param failed when a push of the group last failed, ms; 0 for never
   */
  record Change(List<SeriesKey> gone, long failed) {}

  public PushGroups(int maxSeries) {
    this.maxSeries = maxSeries;
  }

  /**
   * @throws LookoutException {@code BAD_DATA} where another group has a family with another type;
   *     then nothing changes
   */
  synchronized Change push(Push push) {
    Group group = new Group(push.tenant(), push.labels());
    Content before = groups.getOrDefault(group, Content.NONE);
    push.families().forEach((name, now) -> requireAgreement(group, before, name, now.type()));
    Map<SeriesKey, Double> now = new HashMap<>(push.series());
    Map<String, PushedFamily> families = new HashMap<>(push.families());
    List<SeriesKey> gone = new ArrayList<>();
    if (push.replacing()) {
      before.series().keySet().stream().filter(key -> !now.containsKey(key)).forEach(gone::add);
    } else {
      before.families().forEach(families::putIfAbsent);
      merge(before.series(), now, gone);
    }
    forget(group);
    remember(group, new Content(now, families, push.time(), before.failed()));
    return new Change(gone, before.failed());
  }

  /** Of metrics that were pushed under their names, what was not pushed again is gone. */
  private static void merge(
      Map<SeriesKey, Double> before, Map<SeriesKey, Double> now, List<SeriesKey> gone) {
    Set<String> names = new HashSet<>();
    now.keySet().forEach(key -> names.add(key.labels().metricName()));
    before.forEach((key, value) -> {
      if (!names.contains(key.labels().metricName())) {
        now.put(key, value);
      } else if (!now.containsKey(key)) {
        gone.add(key);
      }
    });
  }

  private void requireAgreement(Group group, Content before, String name, String type) {
    TypeUse use = types.get(new Family(group.tenant(), name));
    int others = use == null ? 0 : use.groups() - (before.families().containsKey(name) ? 1 : 0);
    if (use != null && others > 0 && !use.type().equals(type)) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "collected metric \""
              + name
              + "\" is not a "
              + use.type()
              + ", as in other groups, but a "
              + type);
    }
  }

  /** A push was refused; returns when one last succeeded, ms, 0 for never. */
  synchronized long fail(String tenant, Labels labels, long time) {
    Group group = new Group(tenant, labels);
    Content before = forget(group);
    remember(group, new Content(before.series(), before.families(), before.pushed(), time));
    return before.pushed();
  }

  /** The group is no more; returns what was in it, nothing for one that nobody knows. */
  synchronized @Nullable Set<SeriesKey> delete(String tenant, Labels labels) {
    Group group = new Group(tenant, labels);
    return groups.containsKey(group) ? forget(group).series().keySet() : null;
  }

  /** What is in the groups of a tenant, by their labels. */
  synchronized Map<Labels, Content> of(String tenant) {
    Map<Labels, Content> found = new LinkedHashMap<>();
    groups.forEach((group, content) -> {
      if (group.tenant().equals(tenant)) {
        found.put(group.labels(), content);
      }
    });
    return found;
  }

  private Content forget(Group group) {
    Content known = groups.remove(group);
    if (known == null) {
      return Content.NONE;
    }
    series -= known.weight();
    release(group.tenant(), known);
    return known;
  }

  private void release(String tenant, Content content) {
    for (String name : content.families().keySet()) {
      types.computeIfPresent(
          new Family(tenant, name),
          (family, use) -> use.groups() > 1 ? new TypeUse(use.type(), use.groups() - 1) : null);
    }
  }

  private void remember(Group group, Content now) {
    groups.put(group, now);
    series += now.weight();
    now.families()
        .forEach((name, family) ->
            types.merge(
                new Family(group.tenant(), name),
                new TypeUse(family.type(), 1),
                (before, one) -> new TypeUse(family.type(), before.groups() + 1)));
    Iterator<Map.Entry<Group, Content>> eldest = groups.entrySet().iterator();
    while (series > maxSeries && eldest.hasNext()) {
      Map.Entry<Group, Content> each = eldest.next();
      series -= each.getValue().weight();
      release(each.getKey().tenant(), each.getValue());
      eldest.remove();
    }
  }
}
