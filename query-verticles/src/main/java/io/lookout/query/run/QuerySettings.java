package io.lookout.query.run;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;

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
            name = "query.body.max",
            defaultValue = "1MiB",
            help = "Bytes that the form of a query may have.")
        ByteSize maxBody) {
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
  }
}
