package io.lookout.storage.elasticsearch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a block in the engine, and the template that gives them to every index. One mapping
 * for ever: no field for a metric or a label. The binaries are stored fields and not in the source,
 * where reading them would mean to read and cut JSON.
 */
final class BlockMapping {
  /** Goes up when an older Lookout could not read or write an index any more. */
  static final int FORMAT = 1;

  static final String ID = "id";
  static final String TENANT = "tenant";
  static final String METRIC = "metric";

  /** Only where the metric is longer than a term may be; not indexed. */
  static final String WHOLE_METRIC = "whole_metric";

  static final String WINDOW = "window";
  static final String MIN_TIME = "min_time";
  static final String MAX_TIME = "max_time";
  static final String SEQUENCE = "sequence";
  static final String LEVEL = "level";
  static final String LABELS = "labels";
  static final String LABEL_NAMES = "label_names";
  static final String SERIES_COUNT = "series_count";
  static final String SAMPLE_COUNT = "sample_count";
  static final String BYTES = "bytes";
  static final String SERIES = "series";

  /**
   * The label table once more, as a column: of stored fields an engine unpacks all for any. Blocks
   * of indices that an earlier version made have none.
   */
  static final String TABLE = "table";

  static final String CHUNKS = "chunks";

  /** What data streams want; the time of the first sample. */
  static final String TIMESTAMP = "@timestamp";

  private static final int PRIORITY = 500;

  private BlockMapping() {}

  static JsonObject mappings(boolean dataStream) {
    JsonObject fields =
        new JsonObject()
            .put(ID, type("keyword").put("index", false))
            .put(TENANT, type("keyword"))
            .put(METRIC, type("keyword"))
            .put(WINDOW, type("long"))
            .put(MIN_TIME, type("long"))
            .put(MAX_TIME, type("long"))
            .put(SEQUENCE, number())
            .put(LEVEL, number())
            .put(LABELS, type("keyword"))
            .put(LABEL_NAMES, type("keyword"))
            .put(SERIES_COUNT, number())
            .put(SAMPLE_COUNT, number())
            .put(BYTES, number())
            .put(SERIES, binary())
            .put(TABLE, type("binary").put("doc_values", true))
            .put(CHUNKS, binary());
    if (dataStream) {
      fields.put(TIMESTAMP, type("date").put("format", "epoch_millis"));
    }
    return new JsonObject()
        .put("dynamic", false)
        .put("_meta", meta())
        .put(
            "_source",
            new JsonObject().put("excludes", JsonArray.of(SERIES, TABLE, CHUNKS, LABELS)))
        .put("properties", fields);
  }

  private static JsonObject type(String type) {
    return new JsonObject().put("type", type);
  }

  private static JsonObject number() {
    return type("long").put("index", false);
  }

  private static JsonObject binary() {
    return type("binary").put("store", true);
  }

  private static JsonObject meta() {
    return new JsonObject().put("lookout", new JsonObject().put("format", FORMAT));
  }

  /** The format in the {@code _meta} of a template or mapping; 0 where it is not of Lookout. */
  static int formatOf(@Nullable JsonObject withMeta) {
    JsonObject meta = withMeta == null ? null : withMeta.getJsonObject("_meta");
    JsonObject lookout = meta == null ? null : meta.getJsonObject("lookout");
    return lookout == null ? 0 : lookout.getInteger("format", 0);
  }

  /** Whether a template gives indices all fields that this version knows. */
  static boolean isWhole(JsonObject template) {
    JsonObject inner = template.getJsonObject("template", new JsonObject());
    return inner
        .getJsonObject("mappings", new JsonObject())
        .getJsonObject("properties", new JsonObject())
        .containsKey(TABLE);
  }

  static JsonObject template(ElasticsearchSettings settings) {
    JsonObject index =
        new JsonObject()
            .put("number_of_shards", settings.shards())
            .put("number_of_replicas", settings.replicas())
            .put("refresh_interval", "30s")
            .put("translog.durability", "request");
    if (!settings.policy().isEmpty()) {
      index.put("lifecycle.name", settings.policy());
    }
    JsonObject template =
        new JsonObject()
            .put("_meta", meta())
            .put("priority", PRIORITY)
            .put(
                "template",
                new JsonObject()
                    .put("settings", new JsonObject().put("index", index))
                    .put("mappings", mappings(settings.isDataStream())));
    return settings.isDataStream()
        ? template
            .put("index_patterns", JsonArray.of(settings.index()))
            .put("data_stream", new JsonObject())
        : template.put("index_patterns", JsonArray.of(settings.index() + "-*"));
  }
}
