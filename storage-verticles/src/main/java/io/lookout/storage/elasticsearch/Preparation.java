package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the engine has what the store needs: the template, and behind the alias a first
 * index, or a data stream. Everything is looked at before anything is made; where something of the
 * same name is there that is not of Lookout, nothing is made or changed.
 */
final class Preparation {
  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  private final EngineClient client;
  private final ElasticsearchSettings settings;
  private final String name;

  Preparation(EngineClient client, ElasticsearchSettings settings) {
    this.client = client;
    this.settings = settings;
    this.name = settings.index();
  }

  /** Fails with {@link IncompatibleException} where somebody must clear the way. */
  Future<Engine> prepare() {
    return new EngineDetection(client)
        .detect()
        .compose(engine ->
            isTemplateThere()
                .compose(template ->
                    isTargetThere().compose(target -> make(template, target)).map(engine)));
  }

  private Future<Void> make(boolean templateIsThere, boolean targetIsThere) {
    Future<Void> template = templateIsThere ? Future.succeededFuture() : makeTemplate();
    return template.compose(made -> targetIsThere ? Future.succeededFuture() : makeTarget());
  }

  // --- template -----------------------------------------------------------------------------

  /** Whether it is there and needs nothing more: an earlier version may have made it. */
  private Future<Boolean> isTemplateThere() {
    EngineRequest request = EngineRequest.get("/_index_template/" + name);
    return client
        .ask(request)
        .map(response -> {
          if (response.status() == 404) {
            return false;
          } else if (!response.isSuccess()) {
            throw new EngineException(request, response);
          }
          JsonArray found = response.json().getJsonArray("index_templates", new JsonArray());
          boolean whole = !found.isEmpty();
          for (int i = 0; i < found.size(); i++) {
            JsonObject template = found.getJsonObject(i).getJsonObject("index_template");
            checkTemplate(template);
            whole &= BlockMapping.isWhole(template);
          }
          return whole;
        });
  }

  private void checkTemplate(JsonObject template) {
    int format = BlockMapping.formatOf(template);
    if (format == 0) {
      throw incompatible(
          "the index template " + name + " is not of Lookout", "remove the template");
    }
    checkFormat(format, "the index template " + name);
    if (template.containsKey("data_stream") != settings.isDataStream()) {
      throw incompatible(
          "the index template " + name + " is for the other storage.elasticsearch.mode",
          "set the mode that the data was written with");
    }
  }

  private void checkFormat(int format, String what) {
    if (format > BlockMapping.FORMAT) {
      throw new IncompatibleException(
          what
              + " was made by a newer Lookout (format "
              + format
              + ", this one knows "
              + BlockMapping.FORMAT
              + "): start a version that is at least as new");
    }
  }

  private IncompatibleException incompatible(String what, String wayOut) {
    return new IncompatibleException(
        what
            + ", and Lookout leaves it as it is: "
            + wayOut
            + ", or give Lookout another name with storage.elasticsearch.index");
  }

  private Future<Void> makeTemplate() {
    EngineRequest request =
        EngineRequest.put("/_index_template/" + name, BlockMapping.template(settings));
    return client
        .ask(request)
        .compose(response -> {
          if (response.status() == 400) {
            return Future.failedFuture(
                incompatible(
                    "the index template " + name + " was refused: " + response.reason(),
                    "remove what is in its way"));
          }
          if (!response.isSuccess()) {
            return Future.failedFuture(new EngineException(request, response));
          }
          LOG.info("Made index template {}", name);
          return Future.succeededFuture();
        });
  }

  // --- alias or data stream -----------------------------------------------------------------

  /** Whether alias or data stream are there, with an index that is written to. */
  private Future<Boolean> isTargetThere() {
    EngineRequest request = EngineRequest.get("/" + name);
    return client
        .ask(request)
        .map(response -> {
          if (response.status() == 404) {
            return false;
          } else if (!response.isSuccess()) {
            throw new EngineException(request, response);
          }
          checkTarget(response.json());
          return true;
        });
  }

  private void checkTarget(JsonObject indices) {
    if (indices.containsKey(name)) {
      throw incompatible(
          name + " is an index, where Lookout needs an alias or data stream",
          "rename or remove the index");
    }
    boolean dataStream = indices.stream().allMatch(index -> index.getKey().startsWith(".ds-"));
    if (dataStream != settings.isDataStream()) {
      throw incompatible(
          name + " is " + (dataStream ? "a data stream" : "an alias"),
          "set storage.elasticsearch.mode to " + (dataStream ? "data-stream" : "index"));
    }
    int writable = 0;
    for (String index : indices.fieldNames()) {
      JsonObject found = indices.getJsonObject(index);
      int format = BlockMapping.formatOf(found.getJsonObject("mappings"));
      if (format == 0) {
        throw incompatible(
            "index " + index + " behind " + name + " is not of Lookout",
            "take the index out of the alias");
      }
      checkFormat(format, "index " + index);
      writable += isWritten(found) ? 1 : 0;
    }
    if (!dataStream && writable != 1) {
      throw incompatible(
          "the alias " + name + " has " + writable + " indices that are written to",
          "set is_write_index for the newest of them and for no other");
    }
  }

  private boolean isWritten(JsonObject index) {
    JsonObject alias = index.getJsonObject("aliases", new JsonObject()).getJsonObject(name);
    return alias != null && alias.getBoolean("is_write_index", false);
  }

  private Future<Void> makeTarget() {
    EngineRequest request = settings.isDataStream() ? makeDataStream() : makeFirstIndex();
    return client
        .ask(request)
        .compose(response -> {
          if (response.isSuccess()) {
            LOG.info("Made {}", request.path().substring(1));
            return Future.succeededFuture();
          }
          return response.status() == 400
              ? madeMeanwhile(response)
              : Future.failedFuture(new EngineException(request, response));
        });
  }

  private EngineRequest makeDataStream() {
    return new EngineRequest(
        HttpMethod.PUT,
        "/_data_stream/" + name,
        Buffer.buffer(),
        EngineRequest.Form.JSON,
        EngineRequest.Form.JSON,
        true);
  }

  private EngineRequest makeFirstIndex() {
    JsonObject alias = new JsonObject().put(name, new JsonObject().put("is_write_index", true));
    return EngineRequest.put("/" + name + "-000001", new JsonObject().put("aliases", alias));
  }

  /** Two nodes that start together both try: the one that is second finds it made. */
  private Future<Void> madeMeanwhile(EngineResponse refused) {
    return isTargetThere()
        .compose(there ->
            there
                ? Future.succeededFuture()
                : Future.failedFuture(
                    incompatible(
                        "the first index or the data stream could not be made: " + refused.reason(),
                        "remove what is in its way")));
  }
}
