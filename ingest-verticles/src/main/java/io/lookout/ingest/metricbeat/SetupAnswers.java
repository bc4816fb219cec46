package io.lookout.ingest.metricbeat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * What Beats and other clients ask before they write: who is there, under which licence, and
 * whether templates, policies and aliases exist. Everything exists, so that nobody sets it up; who
 * does so all the same is told that it is done.
 */
final class SetupAnswers {
  /** Whatever is asked for below these is there. */
  private static final Set<String> EXISTING =
      Set.of(
          "_template",
          "_index_template",
          "_component_template",
          "_data_stream",
          "_alias",
          "_ilm",
          "_settings",
          "_mapping");

  private static final String ACKNOWLEDGED = "{\"acknowledged\":true}";

  private static final String LICENSE =
      "{\"license\":{\"uid\":\"00000000-0000-0000-0000-000000000000\",\"type\":\"basic\","
          + "\"mode\":\"basic\",\"status\":\"active\"},"
          + "\"features\":{\"ilm\":{\"available\":true,\"enabled\":true},"
          + "\"monitoring\":{\"available\":true,\"enabled\":false}},\"build\":{}}";

  private SetupAnswers() {}

  /** A body with its status; {@code text} says that it is none of JSON. */
  record Said(int status, Buffer body, boolean text) {
    static Said json(String body) {
      return new Said(200, Buffer.buffer(body), false);
    }

    static Said error(int status, String reason) {
      return new Said(status, Buffer.buffer(ElasticsearchError.json(status, reason)), false);
    }
  }

  /**
   * @param path segments behind the prefix
   * @param version that the client is to see
   */
  static Said to(String method, List<String> path, String version) {
    boolean asks = method.equals("GET") || method.equals("HEAD");
    if (path.isEmpty()) {
      return asks ? Said.json(root(version)) : Said.error(405, "only GET and HEAD are known here");
    }
    return asks ? asked(path) : told(method, path);
  }

  private static Said asked(List<String> path) {
    String first = path.get(0);
    return switch (first) {
      case "_license", "_xpack" -> Said.json(LICENSE);
      case "_cat" -> cat(path);
      case "_cluster" ->
          Said.json("{\"cluster_name\":\"lookout\",\"status\":\"green\",\"timed_out\":false}");
      case "_nodes" -> Said.json("{\"cluster_name\":\"lookout\",\"nodes\":{}}");
      case "_ingest" -> Said.error(404, "there are no pipelines");
      default ->
          EXISTING.contains(first) || isIndex(first)
              ? Said.json("{}")
              : Said.error(404, "nothing is known of /" + String.join("/", path));
    };
  }

  /** Beats look for the name of their template in the text. */
  private static Said cat(List<String> path) {
    if (path.size() == 3 && path.get(1).equals("templates")) {
      String name = path.get(2);
      String line = name + " [" + name + "-*] 1 0 \n";
      return new Said(200, Buffer.buffer(line), true);
    }
    return Said.error(404, "only templates are listed");
  }

  private static Said told(String method, List<String> path) {
    String first = path.get(0);
    if (path.equals(List.of("_monitoring", "bulk"))) {
      return Said.json("{\"took\":0,\"ignored\":true,\"errors\":false}");
    }
    boolean index = isIndex(first) && path.size() == 1;
    if (EXISTING.contains(first) || first.equals("_ingest") || first.equals("_aliases")) {
      return Said.json(ACKNOWLEDGED);
    }
    if (index && method.equals("PUT")) {
      return Said.json(
          new JsonObject()
              .put("acknowledged", true)
              .put("shards_acknowledged", true)
              .put("index", first)
              .encode());
    }
    return Said.error(405, method + " of /" + String.join("/", path) + " is not known here");
  }

  private static boolean isIndex(String segment) {
    return !segment.startsWith("_");
  }

  private static String root(String version) {
    JsonObject number =
        new JsonObject()
            .put("number", version)
            .put("build_flavor", "default")
            .put("build_type", "tar")
            .put("build_hash", "0000000")
            .put("build_date", "2026-01-01T00:00:00.000000000Z")
            .put("build_snapshot", false)
            .put("lucene_version", "9.12.0")
            .put("minimum_wire_compatibility_version", "6.8.0")
            .put("minimum_index_compatibility_version", "6.0.0");
    return new JsonObject()
        .put("name", "lookout")
        .put("cluster_name", "lookout")
        .put("cluster_uuid", "AAAAAAAAAAAAAAAAAAAAAA")
        .put("version", number)
        .put("tagline", "You Know, for Search")
        .encode();
  }
}
