package io.lookout.storage.elasticsearch;

import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockReader;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.elasticsearch.SearchPage.Hit;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.StoredBlock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists blocks and reads them again as they were put. */
final class BlockListing {
  private static final JsonArray ORDER =
      JsonArray.of(BlockMapping.TENANT, BlockMapping.METRIC, BlockMapping.WINDOW, BlockMapping.ID);

  private static final JsonArray SOURCE =
      JsonArray.of(
          BlockMapping.TENANT,
          BlockMapping.METRIC,
          BlockMapping.WHOLE_METRIC,
          BlockMapping.WINDOW,
          BlockMapping.SEQUENCE,
          BlockMapping.LEVEL,
          BlockMapping.SERIES_COUNT,
          BlockMapping.SAMPLE_COUNT,
          BlockMapping.BYTES);

  private final BlockSearch search;
  private final String index;
  private final int pageSize;
  private final Damage damage;

  BlockListing(BlockSearch search, ElasticsearchSettings settings, Damage damage) {
    this.search = search;
    this.index = settings.index();
    this.pageSize = settings.pageBlocks();
    this.damage = damage;
  }

  Future<List<StoredBlock>> list(BlockRange range) {
    JsonObject body =
        new JsonObject()
            .put("size", range.limit())
            .put("query", BlockQueries.of(range))
            .put("track_total_hits", false)
            .put("_source", SOURCE)
            .put("sort", ORDER);
    range.after().ifPresent(last -> body.put("search_after", place(last)));
    return search.ask(
        "/" + index + "/_search?allow_partial_search_results=false",
        body,
        page -> page.hits().stream().map(BlockListing::stored).toList());
  }

  private static JsonArray place(StoredBlock block) {
    return JsonArray.of(
        block.origin().tenant(),
        io.lookout.storage.block.LabelTerm.ofValue(block.origin().metric()),
        block.origin().windowStart(),
        block.id());
  }

  private static StoredBlock stored(Hit hit) {
    JsonObject source = hit.source();
    return new StoredBlock(
        hit.id(),
        hit.index(),
        origin(source),
        source.getInteger(BlockMapping.SERIES_COUNT, 0),
        source.getLong(BlockMapping.SAMPLE_COUNT, 0L),
        source.getLong(BlockMapping.BYTES, 0L));
  }

  private static BlockOrigin origin(JsonObject source) {
    String metric = source.getString(BlockMapping.METRIC, "");
    return new BlockOrigin(
        source.getString(BlockMapping.TENANT, ""),
        source.getString(BlockMapping.WHOLE_METRIC, metric),
        source.getLong(BlockMapping.WINDOW, 0L),
        source.getLong(BlockMapping.SEQUENCE, 0L),
        source.getInteger(BlockMapping.LEVEL, 0));
  }

  /** A page at a time, index by index. */
  Future<List<Block>> fetch(List<StoredBlock> blocks) {
    Map<String, List<StoredBlock>> byIndex = new TreeMap<>();
    blocks.forEach(
        block -> byIndex.computeIfAbsent(block.place(), place -> new ArrayList<>()).add(block));
    Future<List<Block>> all = Future.succeededFuture(new ArrayList<>());
    for (Map.Entry<String, List<StoredBlock>> place : byIndex.entrySet()) {
      List<StoredBlock> those = place.getValue();
      for (int from = 0; from < those.size(); from += pageSize) {
        List<StoredBlock> some = those.subList(from, Math.min(those.size(), from + pageSize));
        all =
            all.compose(fetched ->
                fetch(place.getKey(), some)
                    .map(more -> {
                      fetched.addAll(more);
                      return fetched;
                    }));
      }
    }
    return all;
  }

  private Future<List<Block>> fetch(String place, List<StoredBlock> blocks) {
    JsonObject body =
        new JsonObject()
            .put("size", blocks.size())
            .put("query", BlockQueries.of(blocks.stream().map(StoredBlock::id).toList()))
            .put("_source", SOURCE)
            .put("stored_fields", JsonArray.of(BlockMapping.SERIES, BlockMapping.CHUNKS));
    String path =
        "/" + place + "/_search?allow_partial_search_results=false&ignore_unavailable=true";
    return search.ask(path, body, page -> blocks(page.hits()));
  }

  private List<Block> blocks(List<Hit> hits) {
    List<Block> blocks = new ArrayList<>();
    for (Hit hit : hits) {
      try {
        blocks.add(
            BlockReader.block(
                hit.id(),
                origin(hit.source()),
                hit.binary(BlockMapping.SERIES),
                hit.binary(BlockMapping.CHUNKS)));
      } catch (CorruptBlockException e) {
        damage.report(hit.id(), e);
      }
    }
    return blocks;
  }
}
