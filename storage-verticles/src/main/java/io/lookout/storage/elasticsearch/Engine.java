package io.lookout.storage.elasticsearch;

import io.vertx.core.json.JsonObject;

/**
 * What the store talks to, and all in which the products and their versions differ. What is not
 * here is the same for all of them.
 */
sealed interface Engine {
  /** How long an engine keeps the view of a search between two of its pages. */
  String KEEP_ALIVE = "2m";

  EngineVersion version();

  /** Where a point in time is opened. */
  String pointInTimePath(String index);

  /** Where it is closed, and by which body. */
  EngineRequest closePointInTime(String id);

  /** The field of the answer that has the name of the point in time. */
  String pointInTimeField();

  /** Without it, pages come from a scroll. */
  boolean hasPointInTime();

  /** When an index is followed by a new one. */
  JsonObject rolloverConditions(long ageSeconds, long primaryShardBytes, int shards);

  /** Elasticsearch 7.10 and later. */
  record Elasticsearch(EngineVersion version, boolean openSourceOnly) implements Engine {
    private static final EngineVersion PRIMARY_SHARD_SIZE = new EngineVersion(7, 14);

    @Override
    public String pointInTimePath(String index) {
      return "/" + index + "/_pit?keep_alive=" + KEEP_ALIVE;
    }

    @Override
    public EngineRequest closePointInTime(String id) {
      return EngineRequest.delete("/_pit", new JsonObject().put("id", id));
    }

    @Override
    public String pointInTimeField() {
      return "id";
    }

    @Override
    public boolean hasPointInTime() {
      return !openSourceOnly;
    }

    @Override
    public JsonObject rolloverConditions(long ageSeconds, long primaryShardBytes, int shards) {
      JsonObject conditions = new JsonObject().put("max_age", ageSeconds + "s");
      return version.isAtLeast(PRIMARY_SHARD_SIZE)
          ? conditions.put("max_primary_shard_size", primaryShardBytes + "b")
          : conditions.put("max_size", primaryShardBytes * shards + "b");
    }

    @Override
    public String toString() {
      return "Elasticsearch " + version;
    }
  }

  /** OpenSearch 1 and later. */
  record OpenSearch(EngineVersion version) implements Engine {
    private static final EngineVersion POINT_IN_TIME = new EngineVersion(2, 4);

    @Override
    public String pointInTimePath(String index) {
      return "/" + index + "/_search/point_in_time?keep_alive=" + KEEP_ALIVE;
    }

    @Override
    public EngineRequest closePointInTime(String id) {
      return EngineRequest.delete("/_search/point_in_time", new JsonObject().put("pit_id", id));
    }

    @Override
    public String pointInTimeField() {
      return "pit_id";
    }

    @Override
    public boolean hasPointInTime() {
      return version.isAtLeast(POINT_IN_TIME);
    }

    @Override
    public JsonObject rolloverConditions(long ageSeconds, long primaryShardBytes, int shards) {
      return new JsonObject()
          .put("max_age", ageSeconds + "s")
          .put("max_size", primaryShardBytes * shards + "b");
    }

    @Override
    public String toString() {
      return "OpenSearch " + version;
    }
  }
}
