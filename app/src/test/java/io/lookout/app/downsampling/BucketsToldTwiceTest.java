package io.lookout.app.downsampling;

import static io.lookout.app.downsampling.AggregatingNode.done;
import static io.lookout.app.downsampling.History.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.GivenMembership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.SharedRead;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.exec.Cancellation;
import io.lookout.query.promql.exec.ChunkSource;
import io.lookout.query.promql.exec.Engine;
import io.lookout.query.promql.exec.Limits;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.exec.SampleSource;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.Selected;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes, each with a store of its own, have aggregates of the same hours of one counter: what
 * is answered is what its samples say.
 */
class BucketsToldTwiceTest {
  private static final long HOUR = 3_600_000;
  private static final long START = 20_000 * DAY;
  private static final SeriesKey KEY = SeriesKey.of("t", Labels.of("__name__", "x_total"));
  private static final List<String> EXACT =
      List.of("sum", "count", "min", "max", "first", "last", "present");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.open(vertx);
  private final SelectClient client =
      new SelectClient(
          bus, new GivenMembership().present(new StorageNode("a", 1), new StorageNode("b", 1)));
  private AggregatingNode a;
  private AggregatingNode b;

  @BeforeEach
  void open() throws Exception {
    a = open("a");
    b = open("b");
  }

  private AggregatingNode open(String name) throws Exception {
    AggregatingNode node = new AggregatingNode(vertx, directory.resolve(name), START);
    done(bus.consumer(Addresses.select(name), SelectRequest.class, node::select));
    return node;
  }

  @AfterEach
  void close() throws Exception {
    a.close();
    b.close();
    done(vertx.close());
  }

  /** A sample a minute, off the minute, with resets. */
  private static SampleColumns samples(LongPredicate taken) {
    SplittableRandom random = new SplittableRandom(7);
    SampleColumns samples = new SampleColumns();
    double value = 0;
    for (long time = START + 17_000; time < START + DAY; time += 60_000) {
      value = random.nextInt(25) == 0 ? random.nextInt(5) : value + random.nextInt(100);
      if (taken.test(time - START)) {
        samples.add(time, value);
      }
    }
    return samples;
  }

  private SampleSource fromAggregates(Plan plan) throws Exception {
    Map<Selection, List<SeriesChunks>> fetched = new HashMap<>();
    Map<Selection, List<TimePart>> downsampled = new HashMap<>();
    for (Selection each : plan.selections()) {
      SelectRequest request =
          new SelectRequest(
              "t",
              each.matchers(),
              each.minTime(),
              each.maxTime(),
              100,
              1L << 30,
              SharedRead.EACH,
              each.wanted(),
              each.alignment());
      Selected selected =
          done(client.select(request, Duration.ofSeconds(60), Gaps.refused(), () -> {}));
      assertThat(selected.downsampled()).isNotEmpty();
      fetched.put(each, selected.series());
      downsampled.put(each, selected.downsampled());
    }
    return new ChunkSource(fetched, downsampled);
  }

  private static SampleSource fromSamples(Plan plan) {
    SampleColumns all = samples(time -> true);
    SeriesChunks series =
        new SeriesChunks(KEY, new ChunkMerge().encode(all, 0, all.size, Integer.MAX_VALUE));
    Map<Selection, List<SeriesChunks>> fetched = new HashMap<>();
    plan.selections().forEach(each -> fetched.put(each, List.of(series)));
    return new ChunkSource(fetched);
  }

  private static double[] values(Plan plan, SampleSource source) {
    QueryResult.Value value =
        Engine.singleThreaded().evaluate(plan, source, Limits.NONE, Cancellation.NEVER).value();
    List<SeriesSteps> series = ((QueryResult.Matrix) value).series();
    assertThat(series).hasSize(1);
    return series.getFirst().values;
  }

  private static Plan plan(String query) {
    Steps steps = new Steps(START + HOUR, START + 23 * HOUR, HOUR);
    return Planner.plan(
        PromqlParser.parse(query),
        new Query(
            steps,
            false,
            Query.DEFAULT_LOOKBACK,
            Query.DEFAULT_SUBQUERY_STEP,
            Language.PROMQL,
            true));
  }

  private void assertAnswers() throws Exception {
    for (String function : EXACT) {
      Plan plan = plan(function + "_over_time(x_total[2h])");
      assertThat(values(plan, fromAggregates(plan)))
          .as(function)
          .containsExactly(values(plan, fromSamples(plan)));
    }
    for (String query :
        List.of("rate(x_total[1h])", "increase(x_total[3h])", "avg_over_time(x_total[2h])")) {
      Plan plan = plan(query);
      double[] expected = values(plan, fromSamples(plan));
      double[] actual = values(plan, fromAggregates(plan));
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).as(query).isCloseTo(expected[i], withPercentage(1e-9));
      }
    }
  }

  @Test
  void bothHaveAllSamples() throws Exception {
    a.seal(KEY, samples(time -> true));
    b.seal(KEY, samples(time -> true));
    assertAnswers();
  }

  /** It was away for a while, some of it at the end of an hour. */
  @Test
  void oneLacksSamples() throws Exception {
    a.seal(KEY, samples(time -> time % (7 * HOUR) > HOUR / 2));
    b.seal(KEY, samples(time -> true));
    assertAnswers();
  }

  /** Both end at the same time, and tell of it differently. */
  @Test
  void oneLacksSamplesInTheMiddle() throws Exception {
    a.seal(KEY, samples(time -> true));
    b.seal(KEY, samples(time -> time % HOUR < 20 * 60_000 || time % HOUR > 50 * 60_000));
    assertAnswers();
  }

  /** Samples of one hour went to the one, then to the other. */
  @Test
  void theSeriesMoved() throws Exception {
    long moved = 11 * HOUR + HOUR / 3;
    a.seal(KEY, samples(time -> time < moved));
    b.seal(KEY, samples(time -> time >= moved));
    assertAnswers();
  }

  @Test
  void lateSamplesReplaceAggregates() throws Exception {
    a.seal(KEY, samples(time -> time % 180_000 < 60_000));
    a.seal(KEY, samples(time -> time % 180_000 >= 60_000));
    assertAnswers();
  }

  /** Aggregates of all samples are there, and those from before the late ones still. */
  @Test
  void whatLateSamplesReplaceIsLeftBehind() throws Exception {
    a.breakBeforeDeletions();
    a.seal(KEY, samples(time -> time % 180_000 < 60_000));
    a.seal(KEY, samples(time -> time % 180_000 >= 60_000));
    assertAnswers();
  }
}
