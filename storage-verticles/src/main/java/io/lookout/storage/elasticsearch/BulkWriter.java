package io.lookout.storage.elasticsearch;

import io.lookout.storage.block.Block;
import io.lookout.storage.elasticsearch.EngineRequest.Form;
import io.lookout.storage.store.StoredBlock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts and deletes by bulks. The engine answers for each item; those that it had no room for (429
 * or 5xx) are sent again after a while, the others are not. The id of a block follows from its
 * contents, so an item that arrives twice is one.
 */
final class BulkWriter {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final Vertx vertx;
  private final EngineClient client;
  private final ElasticsearchSettings settings;
  private final EngineMeters meters;
  private final BlockDocument documents;
  private final InFlight inFlight;
  private final String putPath;

  BulkWriter(
      Vertx vertx, EngineClient client, ElasticsearchSettings settings, EngineMeters meters) {
    this.vertx = vertx;
    this.client = client;
    this.settings = settings;
    this.meters = meters;
    this.documents = new BlockDocument(settings.isDataStream());
    this.inFlight =
        new InFlight(settings.bulkInflight(), meters.bulksInFlight, meters.bulksWaiting);
    // Where somebody has taken the alias away, the engine must not make an index in its place.
    this.putPath =
        "/" + settings.index() + "/_bulk" + (settings.isDataStream() ? "" : "?require_alias=true");
  }

  /** An item of a bulk: how it is written, and which status says that it is done. */
  private sealed interface Item {
    String id();

    void write(ByteArrayOutputStream bulk) throws IOException;

    boolean isDone(int status);
  }

  private final class Put implements Item {
    private final Block block;

    Put(Block block) {
      this.block = block;
    }

    @Override
    public String id() {
      return block.id();
    }

    @Override
    public void write(ByteArrayOutputStream bulk) throws IOException {
      documents.put(block, bulk);
    }

    /** A data stream takes an id once: the second time it is a conflict with itself. */
    @Override
    public boolean isDone(int status) {
      return status == 200 || status == 201 || (status == CONFLICT && settings.isDataStream());
    }
  }

  private record Delete(StoredBlock block) implements Item {
    @Override
    public String id() {
      return block.id();
    }

    @Override
    public void write(ByteArrayOutputStream bulk) throws IOException {
      BlockDocument.delete(block.place(), block.id(), bulk);
    }

    @Override
    public boolean isDone(int status) {
      return status == 200 || status == NOT_FOUND;
    }
  }

  /** Completes when the engine has them on disk; a search may not find them yet. */
  Future<Void> put(List<Block> blocks) {
    List<Future<Void>> bulks = new ArrayList<>();
    List<Item> bulk = new ArrayList<>();
    long bytes = 0;
    for (Block block : blocks) {
      int size = BlockDocument.bytes(block);
      if (bytes + size > settings.bulkBytes().bytes() && !bulk.isEmpty()) {
        bulks.add(send(putPath, bulk));
        bulk = new ArrayList<>();
        bytes = 0;
      }
      bulk.add(new Put(block));
      bytes += size;
    }
    bulks.add(send(putPath, bulk));
    return Future.join(bulks).mapEmpty();
  }

  Future<Void> delete(List<StoredBlock> blocks) {
    return send("/_bulk", blocks.stream().<Item>map(Delete::new).toList());
  }

  private Future<Void> send(String path, List<Item> items) {
    return items.isEmpty() ? Future.succeededFuture() : inFlight.run(() -> attempt(path, items, 1));
  }

  private Future<Void> attempt(String path, List<Item> items, int number) {
    return vertx
        .executeBlocking(() -> body(items), false)
        .compose(body ->
            client.askForSuccess(
                new EngineRequest(HttpMethod.POST, path, body, Form.SMILE, Form.SMILE, true)))
        .compose(answer -> vertx.executeBlocking(() -> refused(items, answer.json()), false))
        .compose(
            refused -> refused.isEmpty() ? Future.succeededFuture() : again(path, refused, number));
  }

  private static Buffer body(List<Item> items) throws IOException {
    ByteArrayOutputStream bulk = new ByteArrayOutputStream(64 << 10);
    for (Item item : items) {
      item.write(bulk);
    }
    return Buffer.buffer(bulk.toByteArray());
  }

  private Future<Void> again(String path, List<Item> refused, int number) {
    meters.retriedBlocks.increment(refused.size());
    if (number >= settings.attempts()) {
      return Future.failedFuture(
          new EngineException(
              refused.size() + " blocks were refused for now, " + number + " times in a row"));
    }
    return client.rest(number).compose(rested -> attempt(path, refused, number + 1));
  }

  /**
   * The items that may be sent again.
   *
   * @throws EngineException for an item that was refused for good, or an answer that is none
   */
  private static List<Item> refused(List<Item> items, JsonObject answer) {
    JsonArray results = answer.getJsonArray("items", new JsonArray());
    if (results.size() != items.size()) {
      throw new EngineException(
          "a bulk of " + items.size() + " blocks was answered for " + results.size());
    }
    List<Item> refused = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (!isDone(items.get(i), results.getJsonObject(i))) {
        refused.add(items.get(i));
      }
    }
    return refused;
  }

  private static boolean isDone(Item item, JsonObject named) {
    JsonObject result =
        named.isEmpty() ? named : named.getJsonObject(named.fieldNames().iterator().next());
    int status = result.getInteger("status", 0);
    if (item.isDone(status) && item.id().equals(result.getString("_id"))) {
      return true;
    }
    if (EngineResponse.isOverload(status)) {
      return false;
    }
    throw new EngineException(
        "block " + item.id() + " was refused with " + status + ": " + result.encode());
  }
}
