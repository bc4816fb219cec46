package io.lookout.storage.elasticsearch;

import io.lookout.storage.elasticsearch.SearchPage.Hit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds blocks, however many there are. Most searches are answered by one page. For others the
 * engine is asked to keep its view, as a point in time or a scroll, and every page comes from that
 * view: what compaction replaces meanwhile is neither missed nor seen twice.
 *
 * <p>Answers are read on worker threads.
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
   * @param binaries stored fields that the visitor reads
   */
  Future<Void> each(Engine engine, JsonObject query, List<String> binaries, Visitor visitor) {
    JsonObject body =
        new JsonObject()
            .put("size", pageSize)
            .put("query", query)
            .put("track_total_hits", false)
            .put("_source", false)
            .put("stored_fields", new JsonArray(binaries))
            .put("docvalue_fields", JsonArray.of(BlockMapping.SEQUENCE));
    Pages pages = new Pages(body, visitor);
    return ask("/" + index + SEARCH, body)
        .compose(first -> {
          if (first.hits().size() < pageSize) {
            return pages.visit(first).mapEmpty();
          }
          return engine.hasPointInTime() ? pages.pointInTime(engine) : pages.scroll();
        });
  }

  Future<SearchPage> ask(String path, JsonObject body) {
    return ask(EngineRequest.post(path, body));
  }

  private Future<SearchPage> ask(EngineRequest request) {
    return client
        .askForSuccess(request.answeredInSmile())
        .compose(answer -> vertx.executeBlocking(() -> SearchPage.of(answer), false));
  }

  /** One search of several pages. */
  private final class Pages {
    private final JsonObject body;
    private final Visitor visitor;
    private final Set<String> seen = new HashSet<>();

    Pages(JsonObject body, Visitor visitor) {
      this.body = body;
      this.visitor = visitor;
    }

    Future<SearchPage> visit(SearchPage page) {
      return vertx.executeBlocking(
          () -> {
            for (Hit hit : page.hits()) {
              if (seen.add(hit.id())) {
                visitor.visit(hit);
              }
            }
            return page;
          },
          false);
    }

    // --- point in time ----------------------------------------------------------------------

    Future<Void> pointInTime(Engine engine) {
      return client
          .json(EngineRequest.post(engine.pointInTimePath(index)))
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
      return ask(SEARCH, next)
          .compose(this::visit)
          .compose(page ->
              page.hits().size() < pageSize
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
      return ask("/" + index + SEARCH + "&scroll=" + Engine.KEEP_ALIVE, first)
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
      return visit(page)
          .compose(visited -> ask(EngineRequest.post("/_search/scroll", next).sentOnce()))
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
