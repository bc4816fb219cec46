package io.lookout.query.http;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.Utf8Order;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.ExemplarQuery;
import io.lookout.model.bus.ExemplarResult;
import io.lookout.model.bus.ExemplarResult.SeriesExemplars;
import io.lookout.model.bus.HeadQuery;
import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.HeadResult.Count;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A storage node that holds series in memory and answers a few at a time. */
final class TestStorage {
  private static final int SERIES_A_PART = 3;

  private final List<SeriesChunks> series = new ArrayList<>();
  private final Map<String, List<SeriesChunks>> open = new HashMap<>();
  private final List<SeriesExemplars> exemplars = new ArrayList<>();
  private final ChunkEncoder encoder = new ChunkEncoder();
  private volatile Function<SelectRequest, Future<SelectResult>> select = this::find;
  private final AtomicInteger selects = new AtomicInteger();

  Future<?> listen(Bus bus, String node) {
    return Future.all(
        bus.consumer(Addresses.select(node), Object.class, this::answer),
        bus.consumer(Addresses.labels(node), LabelQuery.class, this::labels),
        bus.consumer(
            Addresses.exemplars(node),
            ExemplarQuery.class,
            query -> Future.succeededFuture(exemplars(query))),
        bus.consumer(
            Addresses.head(node), HeadQuery.class, query -> Future.succeededFuture(head(query))));
  }

  TestStorage exemplar(Labels series, Exemplar exemplar) {
    exemplars.add(new SeriesExemplars(series, List.of(exemplar)));
    return this;
  }

  private ExemplarResult exemplars(ExemplarQuery query) {
    return new ExemplarResult(
        exemplars.stream()
            .filter(each ->
                query.matcherSets().stream()
                    .anyMatch(set -> set.stream().allMatch(m -> m.matches(each.labels()))))
            .filter(each -> {
              long time = each.exemplars().get(0).time();
              return time >= query.minTime() && time <= query.maxTime();
            })
            .toList());
  }

  private HeadResult head(HeadQuery query) {
    List<Count> counts = List.of(new Count("up", 2), new Count("requests_total", 1));
    List<Count> cut = counts.stream().limit(query.limit()).toList();
    return new HeadResult(series.size(), 4, 5, 0, 60_000, cut, cut, cut, cut);
  }

  /** As if this were the answer of all selects. */
  void failWith(ErrorCode code, String message) {
    select = request -> Future.failedFuture(new LookoutException(code, message));
  }

  /** How often anything was selected. */
  int selects() {
    return selects.get();
  }

  void neverAnswer() {
    select = request -> Promise.<SelectResult>promise().future();
  }

  void recover() {
    select = this::find;
  }

  TestStorage add(Labels labels, SampleColumns samples) {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < samples.size; from += 100) {
      chunks.add(encoder.encode(samples, from, Math.min(samples.size, from + 100)));
    }
    series.add(new SeriesChunks(SeriesKey.of(SeriesKey.ANONYMOUS, labels), chunks));
    return this;
  }

  /** Samples from time 0 on, one a step. */
  TestStorage add(Labels labels, long step, double... values) {
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < values.length; i++) {
      samples.add(i * step, values[i]);
    }
    return add(labels, samples);
  }

  private Future<SelectResult> answer(Object message) {
    return switch (message) {
      case SelectRequest request -> {
        selects.incrementAndGet();
        yield select.apply(request);
      }
      case SelectNext next -> Future.succeededFuture(part(next.cursor()));
      default -> Future.failedFuture("unexpected " + message);
    };
  }

  private Future<SelectResult> find(SelectRequest request) {
    String cursor = "cursor-" + open.size();
    open.put(
        cursor,
        new ArrayList<>(
            matching(request.tenant(), List.of(request.matchers())).stream()
                .filter(s -> overlaps(s, request.minTime(), request.maxTime()))
                .toList()));
    return Future.succeededFuture(part(cursor));
  }

  private static boolean overlaps(SeriesChunks each, long minTime, long maxTime) {
    return each.chunks().stream().anyMatch(chunk -> chunk.overlaps(minTime, maxTime));
  }

  private SelectResult part(String cursor) {
    List<SeriesChunks> rest = open.getOrDefault(cursor, List.of());
    int n = Math.min(SERIES_A_PART, rest.size());
    SelectResult result =
        new SelectResult(List.copyOf(rest.subList(0, n)), n == rest.size() ? "" : cursor);
    rest.subList(0, n).clear();
    return result;
  }

  private List<SeriesChunks> matching(String tenant, List<List<Matcher>> sets) {
    return series.stream()
        .filter(s -> s.key().tenant().equals(tenant))
        .filter(s ->
            sets.isEmpty()
                || sets.stream()
                    .anyMatch(set -> set.stream().allMatch(m -> m.matches(s.key().labels()))))
        .toList();
  }

  private Future<LabelResult> labels(LabelQuery query) {
    List<Labels> found =
        matching(query.tenant(), query.matcherSets()).stream().map(s -> s.key().labels()).toList();
    List<MetricMetadata> metadata =
        List.of(
            new MetricMetadata("up", "gauge", "Whether \"it\" is up", ""),
            new MetricMetadata("requests_total", "counter", "Requests", "requests"));
    return Future.succeededFuture(
        switch (query.kind()) {
          case NAMES -> strings(names(found), query.limit());
          case VALUES ->
              strings(found.stream().map(l -> l.valueOf(query.label())).toList(), query.limit());
          case SERIES -> new LabelResult(List.of(), found, List.of(), false);
          case METADATA -> new LabelResult(List.of(), List.of(), metadata, false);
        });
  }

  private static List<String> names(List<Labels> found) {
    List<String> names = new ArrayList<>();
    found.forEach(labels -> labels.forEach(label -> names.add(label.name())));
    return names;
  }

  private static LabelResult strings(Collection<String> strings, int limit) {
    TreeSet<String> sorted = new TreeSet<>(Utf8Order::compare);
    sorted.addAll(strings);
    sorted.remove("");
    boolean cut = limit > 0 && sorted.size() > limit;
    return new LabelResult(
        sorted.stream().limit(cut ? limit : sorted.size()).toList(), List.of(), List.of(), cut);
  }
}
