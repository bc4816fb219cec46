package io.lookout.ingest.metricbeat;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Bulk requests of events in the shapes that Metricbeat gives them, decoded. */
final class Events {
  static final long NOW = 1_700_000_000_000L;
  static final String CREATE = "{\"create\":{\"_index\":\"metricbeat-8.13.0\"}}\n";

  private final PointBatches batches = TestBatches.batches();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EventFields fields;

  Events(String... chosen) {
    this(new EventFields.Room(20_000, 40_000), chosen);
  }

  Events(EventFields.Room room, String... chosen) {
    fields = new EventFields(batches.index(), List.of(chosen), room, registry);
  }

  /** Of version 8: the sender and the fetch, and what was measured, as JSON members. */
  static String event(String module, String metricset, String members) {
    return "{\"@timestamp\":\"2023-11-14T22:13:20.000Z\",\"agent\":{\"name\":\"web01\",\"version\":"
        + "\"8.13.0\",\"id\":\"f00\"},\"host\":{\"name\":\"web01\",\"ip\":[\"10.0.0.1\"]},"
        + "\"event\":{\"module\":\""
        + module
        + "\",\"dataset\":\"x\",\"duration\":2500000},\"metricset\":{\"name\":\""
        + metricset
        + "\",\"period\":10000},\"ecs\":{\"version\":\"8.0.0\"},"
        + members
        + "}";
  }

  Decoded decode(byte[] body) {
    return decode("t", body);
  }

  private Decoded decode(String tenant, byte[] body) {
    BulkDecoder decoder = new BulkDecoder(batches, fields, 100);
    PointBatch batch = decoder.decode(tenant, "", body, body.length, NOW);
    return new Decoded(batch, decoder.items().list());
  }

  Decoded decode(String body) {
    return decode(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Each of them created. */
  Decoded create(String... events) {
    return createFor("t", events);
  }

  Decoded createFor(String tenant, String... events) {
    String body = CREATE + String.join("\n" + CREATE, events) + "\n";
    return decode(tenant, body.getBytes(StandardCharsets.UTF_8));
  }

  double widened() {
    return registry.get("lookout.ingest.metricbeat.widened.metricsets").gauge().value();
  }

  /** Fields that are known of all tenants. */
  int fields() {
    return fields.counted();
  }

  record Decoded(PointBatch batch, List<BulkItem> items) {
    /** Without what is said of the fetch itself. */
    Map<String, String> samples() {
      Map<String, String> samples = TestBatches.samples(batch);
      samples.keySet().removeIf(series -> series.startsWith("metricbeat_"));
      return samples;
    }

    String problem(int item) {
      BulkItem.Problem problem = items.get(item).problem();
      return problem == null ? "" : problem.reason();
    }

    String reason() {
      return batch.rejections().list().getFirst().reason();
    }
  }
}
