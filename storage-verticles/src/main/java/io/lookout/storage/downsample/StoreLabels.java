package io.lookout.storage.downsample;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.LabelResult;
import io.lookout.storage.block.LabelMerge;
import io.lookout.storage.store.BlockStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers for labels from the stores: of times whose samples are gone, from aggregates. */
public final class StoreLabels {
  private final BlockStore samples;
  private final Resolutions resolutions;

  public StoreLabels(BlockStore samples, Resolutions resolutions) {
    this.samples = samples;
    this.resolutions = resolutions;
  }

  /** As {@link BlockStore#labels}. */
  public Future<LabelResult> labels(LabelQuery query) {
    if (isOfSamples(query)) {
      return samples.labels(query);
    }
    List<List<Matcher>> plain =
        query.matcherSets().stream().filter(AggregateMatchers::acceptPlain).toList();
    boolean none = plain.isEmpty() && !query.matcherSets().isEmpty();
    boolean ofAggregates = query.kind() == Kind.VALUES && query.label().equals(Aggregate.LABEL);
    if (none || ofAggregates) {
      return samples.labels(query);
    }
    LabelQuery all = until(query, query.maxTime(), query.matcherSets());
    LabelQuery old =
        until(
            query,
            Math.min(query.maxTime(), resolutions.horizon() - 1),
            plain.stream().map(AggregateMatchers::ofOthers).toList());
    List<Future<LabelResult>> answers = new ArrayList<>();
    answers.add(samples.labels(all));
    for (Resolution each : resolutions.all()) {
      answers.add(each.store().labels(old).map(StoreLabels::plain));
    }
    return Future.all(answers).map(done -> merged(query, done.list()));
  }

  /** As {@link BlockStore#known(LabelQuery)}. */
  public @Nullable LabelResult known(LabelQuery query) {
    return isOfSamples(query) ? samples.known(query) : null;
  }

  /** Whether there are samples yet of all the times that are asked for. */
  private boolean isOfSamples(LabelQuery query) {
    return resolutions.isEmpty() || query.minTime() >= resolutions.horizon();
  }

  /** Without a limit: the label of aggregates would count. */
  private static LabelQuery until(LabelQuery query, long maxTime, List<List<Matcher>> matcherSets) {
    return new LabelQuery(
        query.kind(),
        query.tenant(),
        query.label(),
        matcherSets,
        query.minTime(),
        maxTime,
        0,
        query.shared());
  }

  private static LabelResult plain(LabelResult labels) {
    List<Labels> series = labels.series().stream().map(StoreLabels::plain).distinct().toList();
    List<String> strings =
        labels.strings().stream().filter(each -> !each.equals(Aggregate.LABEL)).toList();
    return new LabelResult(strings, series, labels.metadata(), labels.truncated());
  }

  private static Labels plain(Labels labels) {
    return labels.toBuilder().set(Aggregate.LABEL, "").build();
  }

  private static LabelResult merged(LabelQuery query, List<LabelResult> answers) {
    LabelMerge merge = new LabelMerge(query);
    answers.forEach(merge::add);
    return merge.result();
  }
}
