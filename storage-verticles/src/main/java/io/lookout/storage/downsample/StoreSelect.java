package io.lookout.storage.downsample;

import io.lookout.model.Matcher;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.aggregate.Wanted;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.store.BlockStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selects from the stores, each part of the time from the one of its resolution. */
public final class StoreSelect {
  private final BlockStore samples;
  private final Resolutions resolutions;

  public StoreSelect(BlockStore samples, Resolutions resolutions) {
    this.samples = samples;
    this.resolutions = resolutions;
  }

  /** As {@link BlockStore#select}; aggregates are series of their own. */
  public Future<List<SeriesChunks>> select(SelectRequest request, List<TimePart> parts) {
    if (parts.size() == 1) {
      return select(request, parts.getFirst());
    }
    List<Future<List<SeriesChunks>>> answers =
        parts.stream().map(part -> select(request, part)).toList();
    return Future.all(answers).map(all -> merged(request, all.list()));
  }

  /** As {@link BlockStore#known(SelectRequest)}: samples only. */
  public @Nullable List<SeriesChunks> known(SelectRequest request, List<TimePart> parts) {
    return parts.size() == 1 && parts.getFirst().isRaw()
        ? samples.known(ofSamples(request, parts.getFirst()))
        : null;
  }

  private static SelectRequest ofSamples(SelectRequest request, TimePart part) {
    return request.of(request.matchers(), part.minTime(), part.maxTime());
  }

  private Future<List<SeriesChunks>> select(SelectRequest request, TimePart part) {
    if (part.isRaw()) {
      return samples.select(ofSamples(request, part));
    }
    if (!AggregateMatchers.acceptPlain(request.matchers())) {
      return Future.succeededFuture(List.of());
    }
    List<Matcher> matchers = new ArrayList<>(AggregateMatchers.ofOthers(request.matchers()));
    matchers.add(matcher(request.wanted()));
    return resolutions
        .of(part.resolution())
        .store()
        .select(
            new SelectRequest(
                request.tenant(),
                matchers,
                part.minTime(),
                part.maxTime(),
                allSeries(request),
                request.maxBytes()));
  }

  /** Accepts the series of the aggregates wanted, and those that are kept as they are. */
  private static Matcher matcher(Wanted wanted) {
    return Matcher.regex(
        Aggregate.LABEL,
        wanted.aggregates().stream()
            .map(Aggregate::text)
            .collect(Collectors.joining("|", "|", "")));
  }

  /** How many series an answer may have: one is as many as it has aggregates, and itself. */
  public static int allSeries(SelectRequest request) {
    long series = (long) request.maxSeries() * (1 + request.wanted().aggregates().size());
    return (int) Math.min(Integer.MAX_VALUE, series);
  }

  private static List<SeriesChunks> merged(
      SelectRequest request, List<List<SeriesChunks>> answers) {
    SeriesMerge merge = new SeriesMerge(allSeries(request), request.maxBytes());
    answers.forEach(merge::add);
    return merge.result();
  }
}
