package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Finds out which product of which version answers. Both say so on their first page; where that is
 * closed, the page of the node that answers says it.
 */
final class EngineDetection {
  private static final EngineRequest FIRST_PAGE = EngineRequest.get("/");
  private static final EngineRequest NODE =
      EngineRequest.get("/_nodes/_local?filter_path=nodes.*.version,nodes.*.build_flavor");
  private static final EngineVersion OLDEST_ELASTICSEARCH = new EngineVersion(7, 10);
  private static final EngineVersion OLDEST_OPENSEARCH = new EngineVersion(1, 0);

  private final EngineClient client;

  EngineDetection(EngineClient client) {
    this.client = client;
  }

  /** Fails with {@link IncompatibleException} for what the store does not work with. */
  Future<Engine> detect() {
    return client
        .ask(FIRST_PAGE)
        .compose(page ->
            switch (page.status()) {
              case 200 -> Future.succeededFuture(ofFirstPage(page.json()));
              case 404, 405 -> client.askForSuccess(NODE).map(EngineDetection::ofNode);
              default -> Future.failedFuture(new EngineException(FIRST_PAGE, page));
            });
  }

  private static Engine ofFirstPage(JsonObject page) {
    JsonObject version = page.getJsonObject("version", new JsonObject());
    boolean opensearch = "opensearch".equals(version.getString("distribution"));
    return supported(
        engine(opensearch, version.getString("number", ""), version.getString("build_flavor", "")));
  }

  private static Engine ofNode(EngineResponse response) {
    JsonObject nodes = response.json().getJsonObject("nodes", new JsonObject());
    if (nodes.isEmpty()) {
      throw new IncompatibleException("what answers is neither Elasticsearch nor OpenSearch");
    }
    JsonObject node = nodes.getJsonObject(nodes.fieldNames().iterator().next());
    return supported(
        engine(
            !response.isElasticsearch(),
            node.getString("version", ""),
            node.getString("build_flavor", "")));
  }

  private static Engine engine(boolean opensearch, String number, String flavour) {
    if (number.isEmpty()) {
      throw new IncompatibleException("what answers is neither Elasticsearch nor OpenSearch");
    }
    EngineVersion version = EngineVersion.parse(number);
    return opensearch
        ? new Engine.OpenSearch(version)
        : new Engine.Elasticsearch(version, flavour.equals("oss"));
  }

  private static Engine supported(Engine engine) {
    EngineVersion oldest =
        switch (engine) {
          case Engine.Elasticsearch ignored -> OLDEST_ELASTICSEARCH;
          case Engine.OpenSearch ignored -> OLDEST_OPENSEARCH;
        };
    if (!engine.version().isAtLeast(oldest)) {
      throw new IncompatibleException(
          engine
              + " is too old for this store: it works with Elasticsearch from "
              + OLDEST_ELASTICSEARCH
              + " and OpenSearch from "
              + OLDEST_OPENSEARCH
              + " on");
    }
    return engine;
  }
}
