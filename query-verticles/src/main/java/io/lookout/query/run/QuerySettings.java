package io.lookout.query.run;

import static java.util.stream.Collectors.joining;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import io.lookout.query.promql.ast.Extension;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.Language;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The query API. */
public record QuerySettings(
    @Setting(
            name = "query.timeout",
            defaultValue = "2m",
            help = "A query that takes longer is stopped; requests may ask for less.")
        Duration timeout,
    @Setting(
            name = "query.lookback",
            defaultValue = "5m",
            help = "How long a sample stands for its series after it was taken.")
        Duration lookback,
    @Setting(
            name = "query.subquery.step",
            defaultValue = "1m",
            help = "The step of subqueries that name none.")
        Duration subqueryStep,
    @Setting(
            name = "query.concurrency",
            defaultValue = "20",
            help = "Queries that run at a time; further ones wait.")
        int concurrency,
    @Setting(
            name = "query.queue.max",
            defaultValue = "200",
            help = "Queries that may wait; further ones are answered 503.")
        int maxQueued,
    @Setting(
            name = "query.samples.max",
            defaultValue = "500000000",
            help = "Samples that a query may read.")
        long maxSamples,
    @Setting(
            name = "query.series.max",
            defaultValue = "1000000",
            help = "Series that a selector of a query may select.")
        int maxSeries,
    @Setting(
            name = "query.bytes.max",
            defaultValue = "512MiB",
            help = "Bytes of encoded chunks that a selector of a query may select.")
        ByteSize maxBytes,
    @Setting(
            name = "query.points.max",
            defaultValue = "11000",
            help = "Points per series that a range query may ask for.")
        int maxPoints,
    @Setting(
            name = "query.result.points.max",
            defaultValue = "50000000",
            help = "Points that the result of a query may have.")
        long maxResultPoints,
    @Setting(
            name = "query.memory.max",
            defaultValue = "1GiB",
            help = "Bytes of series that the evaluation of a query may keep on its way.")
        ByteSize maxMemory,
    @Setting(
            name = "query.partial",
            defaultValue = "fail",
            help =
                "What becomes of a question while a storage node is away that holds samples: fail, or"
                    + " warn beside an answer that lacks them. A request may say partial_response=true"
                    + " or false.")
        PartialAnswers partial,
    @Setting(
            name = "query.body.max",
            defaultValue = "10MiB",
            help = "Bytes that the form of a query may have.")
        ByteSize maxBody,
    @Setting(
            name = "query.features.off",
            defaultValue = "",
            help =
                "Parts of PromQL to switch off, by the names that Prometheus switches them on with.")
        List<String> featuresOff,
    @Setting(
            name = "query.extensions",
            defaultValue = "",
            help = "Functions beyond PromQL: sofalookout.")
        List<String> extensions) {
  public QuerySettings {
    if (concurrency < 1 || maxQueued < 0) {
      throw new IllegalArgumentException(
          "query.concurrency must be at least 1, query.queue.max not negative");
    }
    if (timeout.toMillis() < 1 || lookback.toMillis() < 1 || subqueryStep.toMillis() < 1) {
      throw new IllegalArgumentException(
          "query.timeout, query.lookback and query.subquery.step must be at least 1ms");
    }
    if (maxSamples < 1 || maxSeries < 1 || maxPoints < 1 || maxResultPoints < 1) {
      throw new IllegalArgumentException("limits of queries must be at least 1");
    }
    featuresOff = List.copyOf(featuresOff);
    extensions = List.copyOf(extensions);
    language(featuresOff, extensions);
  }

  /** The language that queries are written in. */
  public Language language() {
    return language(featuresOff, extensions);
  }

  private static Language language(List<String> off, List<String> extensions) {
    Set<Feature> without = EnumSet.noneOf(Feature.class);
    for (String flag : off) {
      without.add(
          Feature.of(flag)
              .orElseThrow(() -> unknown("query.features.off", flag, flags(Feature.values()))));
    }
    Set<Extension> with = EnumSet.noneOf(Extension.class);
    for (String key : extensions) {
      with.add(
          Extension.of(key)
              .orElseThrow(() -> unknown("query.extensions", key, Extension.SOFALOOKOUT.key())));
    }
    return new Language(without, with);
  }

  private static String flags(Feature[] features) {
    return Arrays.stream(features).map(Feature::flag).collect(joining(", "));
  }

  private static IllegalArgumentException unknown(String setting, String given, String known) {
    return new IllegalArgumentException(setting + " has " + given + ", which is none of: " + known);
  }
}
