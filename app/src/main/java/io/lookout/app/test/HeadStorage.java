package io.lookout.app.test;

import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.exec.ChunkSource;
import io.lookout.query.promql.exec.SampleSource;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.promql.script.Answer;
import io.lookout.query.promql.script.QueryAnswers;
import io.lookout.query.promql.script.ScriptStorage;
import io.lookout.storage.shard.Caller;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.shard.ShardOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The write-ahead log and head of a node in a directory, without the node. Data that were cleared
 * stay behind under the name of a tenant that nobody asks for any more.
 */
final class HeadStorage implements ScriptStorage {
  private final Shard shard;
  private final QueryAnswers answers = new QueryAnswers(this::fetch);
  private int generation;

  HeadStorage(Path directory) {
    try {
      shard =
          Shard.open(
              0, ShardOptions.DEFAULTS, directory, Clock.systemUTC(), new SimpleMeterRegistry());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tenant() {
    return "script-" + generation;
  }

  @Override
  public void clear() {
    generation++;
  }

  @Override
  public void load(Labels labels, SampleColumns samples) {
    WriteBatch.Builder batch = new WriteBatch.Builder(tenant(), samples.size);
    int series = batch.series(SeriesKey.of(tenant(), labels));
    for (int i = 0; i < samples.size; i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram == null) {
        batch.sample(series, samples.times[i], samples.values[i]);
      } else {
        batch.sample(series, samples.times[i], histogram);
      }
      if (samples.startTimeAt(i) != 0) {
        batch.startTime(samples.startTimeAt(i));
      }
    }
    await(shard.write(batch.build()));
  }

  private SampleSource fetch(Plan plan) {
    Map<Selection, List<SeriesChunks>> fetched = new HashMap<>();
    for (Selection selection : plan.selections()) {
      SelectRequest request =
          new SelectRequest(
              tenant(),
              selection.matchers(),
              selection.minTime(),
              selection.maxTime(),
              Integer.MAX_VALUE,
              Long.MAX_VALUE);
      fetched.put(selection, await(shard.select(request, Caller.WORKER)));
    }
    return new ChunkSource(fetched);
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof LookoutException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public Answer instant(String expression, long time) {
    return answers.answer(expression, Query.instant(time));
  }

  @Override
  public Answer range(String expression, long start, long end, long step) {
    return answers.answer(expression, Query.range(start, end, step));
  }

  @Override
  public void close() {
    try {
      shard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
