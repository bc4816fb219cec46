package io.lookout.storage.elasticsearch;

import io.lookout.storage.elasticsearch.SearchPage.Hit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds blocks, however many there are. Most searches are answered by one page. For others the
 * engine is asked to keep its view, as a point in time or a scroll, and every page comes from that
 * view: what compaction replaces meanwhile is neither missed nor seen twice.
 *
 * <p>Answers are read on worker threads, several at a time.
 */
final class BlockSearch {
  private static final Logger LOG = LoggerFactory.getLogger(BlockSearch.class);

  /** No answer with a part of the shards, and none but what was asked for. */
  private static final String SEARCH = "/_search?allow_partial_search_results=false";

  private final Vertx vertx;
  private final EngineClient client;
  private final String index;
  private final int pageSize;

  BlockSearch(Vertx vertx, EngineClient client, String index, int pageSize) {
    this.vertx = vertx;
    this.client = client;
    this.index = index;
    this.pageSize = pageSize;
  }

  /** What is done with each block, once: a block may be in two indices after a retry. */
  @FunctionalInterface
  interface Visitor {
    void visit(Hit block);
  }

  /**
   * What is read of each block.
   *
   * @param stored the name that the engine knows it by, and these stored fields; all of them stand
   *     together, so that an engine unpacks the whole block for any of it
   * @param columns which it need not unpack the block for
   */
  record Reading(@Nullable List<String> stored, List<String> columns) {
    /** How many blocks are read of instead of one, where little is read of each. */
    private static final int LIGHT = 8;

    private static final int MOST_HITS = 10_000;

    static Reading columns(String... columns) {
      return new Reading(null, List.of(columns));
    }

    int pageSize(int pageBlocks) {
      return isLight() ? Math.min(MOST_HITS, pageBlocks * LIGHT) : pageBlocks;
    }

    private boolean isLight() {
      return stored == null && !columns.contains(BlockMapping.TABLE);
    }

    JsonObject of(JsonObject query, int size) {
      return new JsonObject()
          .put("size", size)
          .put("query", query)
          .put("track_total_hits", false)
          .put("_source", false)
          .put("stored_fields", stored == null ? "_none_" : new JsonArray(stored))
          .put("docvalue_fields", new JsonArray(columns));
    }
  }

  Future<Void> each(Engine engine, JsonObject query, Reading reading, Visitor visitor) {
    return each(engine, query, reading, "", visitor);
  }

  /**
   * @param copies searches with the same text ask the same copies of shards
   */
  Future<Void> each(
      Engine engine, JsonObject query, Reading reading, String copies, Visitor visitor) {
    Pages pages = new Pages(query, reading, copies, visitor);
    return ask("/" + index + SEARCH + preferring(copies), pages.body, page -> page)
        .compose(first -> {
          if (pages.isLast(first)) {
            return pages.visit(first).mapEmpty();
          }
          return engine.hasPointInTime() ? pages.pointInTime(engine) : pages.scroll();
        });
  }

  /**
   * Those of the blocks that are still there.
   *
   * @param place the index that they are in
   * @param ids at most as many as a page has
   * @param reader makes something of them, on a worker thread
   */
  <T> Future<T> these(
      String place,
      List<String> ids,
      Reading reading,
      String copies,
      Function<SearchPage, T> reader) {
    return ask(
        "/" + place + SEARCH + "&ignore_unavailable=true" + preferring(copies),
        reading.of(BlockQueries.of(ids), ids.size()),
        reader);
  }

  private static String preferring(String copies) {
    return copies.isEmpty() ? "" : "&preference=" + copies;
  }

  /**
   * @param reader makes something of the answer, on a worker thread
   */
  <T> Future<T> ask(String path, JsonObject body, Function<SearchPage, T> reader) {
    return ask(EngineRequest.post(path, body), reader);
  }

  private <T> Future<T> ask(EngineRequest request, Function<SearchPage, T> reader) {
    return client
        .askForSuccess(request.answeredInSmile())
        .compose(answer -> vertx.executeBlocking(() -> reader.apply(SearchPage.of(answer)), false));
  }

  /** One search of several pages. */
  private final class Pages {
    private final int size;
    private final JsonObject body;
    private final String copies;
    private final Visitor visitor;
    private final Set<String> seen = new HashSet<>();

    Pages(JsonObject query, Reading reading, String copies, Visitor visitor) {
      this.size = reading.pageSize(pageSize);
      this.body = reading.of(query, size);
      this.copies = copies;
      this.visitor = visitor;
    }

    boolean isLast(SearchPage page) {
      return page.hits().size() < size;
    }

    Future<SearchPage> visit(SearchPage page) {
      return vertx.executeBlocking(() -> visited(page), false);
    }

    private SearchPage visited(SearchPage page) {
      for (Hit hit : page.hits()) {
        if (hit.id().isEmpty() || seen.add(hit.id())) {
          visitor.visit(hit);
        }
      }
      return page;
    }

    // --- point in time ----------------------------------------------------------------------

    Future<Void> pointInTime(Engine engine) {
      return client
          .json(EngineRequest.post(engine.pointInTimePath(index) + preferring(copies)))
          .compose(opened -> {
            String id = opened.getString(engine.pointInTimeField(), "");
            return pointInTimePages(id, null).eventually(() -> close(engine.closePointInTime(id)));
          });
    }

    private Future<Void> pointInTimePages(String id, @Nullable JsonArray after) {
      JsonObject next =
          body.copy()
              .put("pit", new JsonObject().put("id", id).put("keep_alive", Engine.KEEP_ALIVE))
              .put("sort", JsonArray.of(BlockMapping.MIN_TIME, BlockMapping.ID));
      if (after != null) {
        next.put("search_after", after);
      }
      return ask(SEARCH, next, this::visited)
          .compose(page ->
              isLast(page)
                  ? Future.succeededFuture()
                  : pointInTimePages(
                      page.snapshot().isEmpty() ? id : page.snapshot(),
                      page.hits().getLast().sort()));
    }

    // --- scroll -----------------------------------------------------------------------------

    Future<Void> scroll() {
      JsonObject first = body.copy().put("sort", JsonArray.of("_doc"));
      // A scroll counts its hits, and some engines refuse to be told otherwise.
      first.remove("track_total_hits");
      String path = "/" + index + SEARCH + "&scroll=" + Engine.KEEP_ALIVE + preferring(copies);
      return ask(path, first, this::visited)
          .compose(page -> {
            JsonObject close = new JsonObject().put("scroll_id", JsonArray.of(page.snapshot()));
            return scrollPages(page)
                .eventually(() -> close(EngineRequest.delete("/_search/scroll", close)));
          });
    }

    private Future<Void> scrollPages(SearchPage page) {
      if (page.hits().isEmpty()) {
        return Future.succeededFuture();
      }
      JsonObject next =
          new JsonObject().put("scroll", Engine.KEEP_ALIVE).put("scroll_id", page.snapshot());
      return ask(EngineRequest.post("/_search/scroll", next).sentOnce(), this::visited)
          .compose(this::scrollPages);
    }

    private Future<Void> close(EngineRequest request) {
      return client
          .ask(request)
          .onFailure(e -> LOG.debug("A view was left to expire: {}", e.getMessage()))
          .otherwiseEmpty()
          .mapEmpty();
    }
  }
}
