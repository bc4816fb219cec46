package io.lookout.ingest.metricbeat;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.metricbeat.Field.Rule;
import io.lookout.ingest.metricbeat.Field.Series;
import io.lookout.ingest.series.SeriesIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All fields of a tenant that were met, up to a bound: what is beyond it is looked at anew each
 * time. Thread-safe.
 */
final class Fields {
  private static final int LONGEST_KEPT = 256;

  private final SeriesIndex index;
  private final Set<String> chosen;
  private final Memory memory;
  private final Names names;
  private final AtomicInteger size = new AtomicInteger();
  private volatile Tree tree;

  /** What may be told of fields as long as no name changes hands. */
  private record Tree(Field root, int handovers) {}

  /**
   * What is kept.
   *
   * @param most fields of this tenant
   * @param ofAll how many all tenants have, to be counted up
   */
  record Memory(String tenant, int most, AtomicInteger ofAll, Widened widened) {}

  /**
   * @param chosen paths whose values are labels beside the usual ones; {@code a.b.*} for all below
   */
  Fields(SeriesIndex index, Set<String> chosen, Memory memory) {
    this.index = index;
    this.chosen = chosen;
    this.memory = memory;
    this.names = new Names(memory.most());
    this.tree = new Tree(newRoot(), 0);
  }

  private static Field newRoot() {
    Series nothing = new Series("", "", null, "", 0, 0);
    return new Field(null, List.of(), "", new Rule(null, false, true, null, false, nothing, false));
  }

  Field root() {
    return tree.root();
  }

  /**
   * Another number whenever a name has changed hands: what was read with fields of an earlier
   * edition is to be read anew.
   */
  int edition() {
    int handovers = names.handovers();
    if (tree.handovers() != handovers) {
      tree = new Tree(newRoot(), handovers);
      size.set(0);
    }
    return handovers;
  }

  int size() {
    return size.get();
  }

  boolean isWidened(String metricset) {
    return memory.widened().contains(memory.tenant(), metricset);
  }

  /** From now on all short texts of this metricset are labels; false where they were before. */
  boolean widen(String metricset) {
    return metricset.length() <= LONGEST_KEPT && memory.widened().add(memory.tenant(), metricset);
  }

  /** The field of this name below another; dots in the name part levels. */
  Field child(Field of, String name) {
    Field known = of.children.get(name);
    return known != null ? known : missing(of, name);
  }

  private Field missing(Field of, String name) {
    int dot = name.indexOf('.');
    if (dot > 0 && dot < name.length() - 1) {
      return child(child(of, name.substring(0, dot)), name.substring(dot + 1));
    }
    List<String> segments = new ArrayList<>(of.segments);
    segments.add(name);
    String path = of.parent == null ? name : of.path + "." + name;
    boolean kept = path.length() <= LONGEST_KEPT && size.get() < memory.most();
    Field made = new Field(of, List.copyOf(segments), path, rule(of, segments, path, kept));
    if (!kept) {
      return made;
    }
    Field earlier = of.children.putIfAbsent(name, made);
    if (earlier != null) {
      return earlier;
    }
    size.incrementAndGet();
    memory.ofAll().incrementAndGet();
    return made;
  }

  private Rule rule(Field of, List<String> segments, String path, boolean kept) {
    return segments.get(0).equals("prometheus")
        ? ofPrometheus(PrometheusPath.of(segments))
        : ofOthers(of, segments, path, kept);
  }

  private Rule ofPrometheus(PrometheusPath path) {
    return new Rule(
        null,
        path.kind() == PrometheusPath.Kind.SKIPPED,
        path.kind() == PrometheusPath.Kind.METRIC || path.kind() == PrometheusPath.Kind.COUNTER,
        path.kind() == PrometheusPath.Kind.LABEL ? path.name() : null,
        false,
        series(path.name(), path.name(), null, ""),
        path.kind() == PrometheusPath.Kind.COUNTER);
  }

  private Rule ofOthers(Field of, List<String> segments, String path, boolean kept) {
    Control control = Control.of(path);
    String label = FieldRules.identity(path);
    if (label == null && isChosen(path)) {
      label = Names.sanitised(path);
    }
    boolean measured = of.rule.measured() && FieldRules.isMeasured(segments);
    return new Rule(
        control,
        !measured && control == null && label == null && !leadsToWanted(path + "."),
        measured,
        label,
        FieldRules.isOpen(segments),
        ofPath(of, segments.getLast(), kept),
        FieldRules.isCounter(segments));
  }

  private Series ofPath(Field of, String last, boolean kept) {
    String keyLabel = of.parent == null ? null : FieldRules.numbered(of.last(), last);
    if (keyLabel != null) {
      return series(of.rule.series().path(), of.rule.series().metric(), keyLabel, last);
    }
    Series above = of.rule.series();
    String path = of.parent == null ? last : above.path() + "." + last;
    return series(path, names.metric(path, kept), above.keyLabel(), above.key());
  }

  private Series series(String path, String metric, @Nullable String keyLabel, String key) {
    byte[] bytes = (metric + '\0' + key).getBytes(StandardCharsets.UTF_8);
    HashValue128 hash = index.hash(bytes, 0, bytes.length);
    return new Series(
        path, metric, keyLabel, key, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  private boolean isChosen(String path) {
    if (chosen.contains(path)) {
      return true;
    }
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      if (chosen.contains(path.substring(0, dot) + ".*")) {
        return true;
      }
    }
    return false;
  }

  /** Whether there may be something below that is no sample and counts all the same. */
  private boolean leadsToWanted(String prefix) {
    return Control.leadsToOne(prefix)
        || FieldRules.leadsToIdentity(prefix)
        || chosen.stream().anyMatch(path -> path.startsWith(prefix));
  }
}
