package io.lookout.model.bus.wire;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.aggregate.Wanted;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminResult;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.ExemplarQuery;
import io.lookout.model.bus.ExemplarResult;
import io.lookout.model.bus.HeadQuery;
import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.KnownNode;
import io.lookout.model.bus.KnownNodes;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.SharedRead;
import io.lookout.model.bus.StorageAnnouncement;
import io.lookout.model.bus.StorageCall;
import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.model.histogram.RandomHistograms;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Messages of every kind, from a seed. */
final class RandomMessages {
  private static final List<String> NAMES = List.of("__name__", "job", "instance", "le", "ü", "𝔘");

  private final SplittableRandom random;
  private final RandomHistograms histograms;

  RandomMessages(long seed) {
    random = new SplittableRandom(seed);
    histograms = new RandomHistograms(seed);
  }

  List<Object> oneOfEach() {
    return List.of(
        writeBatch(),
        new WriteResult(
            random.nextInt(1000),
            number(),
            number(),
            list(() -> new WriteResult.Rejection(text(), number(), text()))),
        new SelectRequest(
            text(),
            list(this::matcher),
            time(),
            time(),
            number(),
            random.nextLong(1L << 40),
            sharedRead(),
            pick(List.of(Wanted.values())),
            random.nextLong(1L << 40)),
        new SelectNext(text()),
        selectResult(),
        new LabelQuery(
            pick(List.of(LabelQuery.Kind.values())),
            text(),
            text(),
            list(() -> list(this::matcher)),
            time(),
            time(),
            number(),
            sharedRead()),
        new LabelResult(
            list(this::text), list(this::labels), list(this::metadata), random.nextBoolean()),
        new ExemplarQuery(text(), list(() -> list(this::matcher)), time(), time()),
        new ExemplarResult(
            list(() ->
                new ExemplarResult.SeriesExemplars(
                    labels(), list(() -> new Exemplar(labels(), random.nextDouble(), time()))))),
        new HeadQuery(text(), 1 + number()),
        new HeadResult(
            number(),
            number(),
            number(),
            time(),
            time(),
            list(this::count),
            list(this::count),
            list(this::count),
            list(this::count)),
        new AdminRequest(
            pick(List.of(AdminRequest.Action.values())),
            text(),
            text(),
            list(() -> list(this::matcher)),
            time(),
            time()),
        new AdminResult(number()),
        new StorageAnnouncement("node-" + number(), number()),
        new KnownNodes(list(() -> new KnownNode("node-" + number(), time(), random.nextBoolean()))),
        new StorageCall(),
        new TargetQuery(text(), random.nextBoolean()),
        new TargetReport(
            list(this::text),
            list(() ->
                new TargetReport.Active(
                    text(),
                    text(),
                    labels(),
                    labels(),
                    text(),
                    text(),
                    time(),
                    random.nextDouble(),
                    text(),
                    text(),
                    list(this::metadata))),
            list(() -> new TargetReport.Dropped(text(), number(), list(this::labels)))));
  }

  WriteBatch writeBatch() {
    WriteBatch.Builder batch = new WriteBatch.Builder("tenant", random.nextInt(20));
    int seriesCount = random.nextInt(1, 10);
    for (int i = 0; i < seriesCount; i++) {
      batch.series(SeriesKey.of("tenant", labels()));
    }
    boolean mixed = random.nextBoolean();
    boolean startTimes = random.nextBoolean();
    for (int i = random.nextInt(50); i > 0; i--) {
      if (mixed && random.nextBoolean()) {
        batch.sample(random.nextInt(seriesCount), time(), histograms.next());
      } else {
        batch.sample(
            random.nextInt(seriesCount), time(), Double.longBitsToDouble(random.nextLong()));
      }
      if (startTimes && random.nextBoolean()) {
        batch.startTime(time());
      }
    }
    list(() -> new Exemplar(labels(), random.nextDouble(), time()))
        .forEach(exemplar -> batch.exemplar(random.nextInt(seriesCount), exemplar));
    list(this::metadata).forEach(batch::metadata);
    return batch.build();
  }

  SelectResult selectResult() {
    Slice shared = slice();
    return new SelectResult(
        list(() -> new SeriesChunks(SeriesKey.of(text(), labels()), list(() -> chunk(shared)))),
        text(),
        list(() -> new TimePart(number(), time(), time())));
  }

  private Chunk chunk(Slice shared) {
    long from = time();
    return new Chunk(
        random.nextInt(1, 500),
        from,
        from + random.nextInt(7_200_000),
        random.nextBoolean() ? shared : slice(),
        values(),
        random.nextBoolean() ? slice() : null);
  }

  /** Any bytes but those of a plain column: it would be packed, and these are no column. */
  private Slice values() {
    Slice any = slice();
    return any.length() > 0 && any.array()[any.offset()] == 20 ? values() : any;
  }

  private Slice slice() {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    int from = random.nextInt(bytes.length + 1);
    return new Slice(bytes, from, bytes.length - from);
  }

  Labels labels() {
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      labels.set(pick(NAMES), text());
    }
    return labels.build();
  }

  private Matcher matcher() {
    return new Matcher(pick(List.of(Matcher.Type.values())), pick(NAMES), text());
  }

  private HeadResult.Count count() {
    return new HeadResult.Count(text(), number());
  }

  private MetricMetadata metadata() {
    return new MetricMetadata(text(), "counter", text(), "");
  }

  private String text() {
    return pick(List.of("", "a", "b", "up", "a.*|c", "größe", "𝔘nicode", "x".repeat(200)));
  }

  private SharedRead sharedRead() {
    return pick(List.of(SharedRead.EACH, SharedRead.HERE, SharedRead.elsewhere(number())));
  }

  private int number() {
    return random.nextInt(1 << random.nextInt(30));
  }

  private long time() {
    return random.nextInt(10) == 0
        ? random.nextLong()
        : 1_700_000_000_000L + random.nextInt(100_000_000);
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private <T> List<T> list(Supplier<T> each) {
    List<T> items = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      items.add(each.get());
    }
    return items;
  }
}
