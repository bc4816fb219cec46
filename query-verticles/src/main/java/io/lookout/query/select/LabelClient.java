package io.lookout.query.select;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.Membership;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Utf8Order;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.ExemplarQuery;
import io.lookout.model.bus.ExemplarResult;
import io.lookout.model.bus.ExemplarResult.SeriesExemplars;
import io.lookout.model.bus.HeadQuery;
import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks all storage nodes what series and labels there are. */
public final class LabelClient {
  private final Bus bus;
  private final StorageNodes nodes;

  public LabelClient(Bus bus, Membership membership) {
    this.bus = bus;
    this.nodes = new StorageNodes(membership);
  }

  /**
   * @param gaps takes what the answer lacks, where it may lack something
   * @return each entry once, at most as many as the query's limit, names and values sorted; fails
   *     with {@link LookoutException} where any node fails or does not answer in time
   */
  public Future<LabelResult> ask(LabelQuery query, Duration patience, Gaps gaps) {
    return nodes.askSharing(
        gaps,
        31 * query.tenant().hashCode() + query.matcherSets().toString().hashCode(),
        patience,
        round ->
            round
                .ask((node, shared) ->
                    bus.request(
                        Addresses.labels(node), query.with(shared), LabelResult.class, patience))
                .map(answers -> merge(answers, query.limit())));
  }

  /**
   * The answer, where it is at hand in this process and all of it is here: told without waiting.
   *
   * @return null where it has to be asked for
   */
  public @Nullable LabelResult known(LabelQuery query) {
    String node = nodes.only();
    return node == null ? null : bus.known(Addresses.labels(node), query, LabelResult.class);
  }

  /**
   * @return series by their labels, the exemplars of each by time; fails as {@link #ask}
   */
  public Future<List<SeriesExemplars>> exemplars(
      ExemplarQuery query, Duration patience, Gaps gaps) {
    return nodes
        .ask(
            gaps,
            node -> bus.request(Addresses.exemplars(node), query, ExemplarResult.class, patience))
        .map(LabelClient::bySeries);
  }

  private static List<SeriesExemplars> bySeries(List<ExemplarResult> answers) {
    Map<Labels, Set<Exemplar>> series = new TreeMap<>(Labels.ORDER);
    for (ExemplarResult answer : answers) {
      for (SeriesExemplars each : answer.series()) {
        series
            .computeIfAbsent(each.labels(), labels -> new LinkedHashSet<>())
            .addAll(each.exemplars());
      }
    }
    Comparator<Exemplar> order = Comparator.comparingLong(Exemplar::time);
    return series.entrySet().stream()
        .map(each ->
            new SeriesExemplars(each.getKey(), each.getValue().stream().sorted(order).toList()))
        .toList();
  }

  /**
   * What the heads of all nodes hold. A series is on one node; a label value may be on several, so
   * of such counts the largest of a node is taken.
   */
  public Future<HeadResult> head(HeadQuery query, Duration patience, Gaps gaps) {
    return nodes
        .ask(gaps, node -> bus.request(Addresses.head(node), query, HeadResult.class, patience))
        .map(answers ->
            answers.stream().reduce((a, b) -> HeadMerge.of(a, b, query.limit())).orElseThrow());
  }

  private static LabelResult merge(List<LabelResult> answers, int limit) {
    if (answers.size() == 1) {
      return answers.get(0);
    }
    Set<String> strings = new TreeSet<>(Utf8Order::compare);
    Set<Labels> series = new TreeSet<>(Labels.ORDER);
    Set<MetricMetadata> metadata = new LinkedHashSet<>();
    boolean truncated = false;
    for (LabelResult answer : answers) {
      strings.addAll(answer.strings());
      series.addAll(answer.series());
      metadata.addAll(answer.metadata());
      truncated |= answer.truncated();
    }
    int most = Math.max(strings.size(), Math.max(series.size(), metadata.size()));
    return new LabelResult(
        first(strings, limit),
        first(series, limit),
        first(metadata, limit),
        truncated || (limit > 0 && most > limit));
  }

  private static <T> List<T> first(Collection<T> entries, int limit) {
    List<T> list = new ArrayList<>(entries);
    return limit > 0 && list.size() > limit ? List.copyOf(list.subList(0, limit)) : list;
  }
}
