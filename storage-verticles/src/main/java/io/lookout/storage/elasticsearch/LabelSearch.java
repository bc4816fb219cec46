package io.lookout.storage.elasticsearch;

import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.LabelResult;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.LabelMerge;
import io.lookout.storage.elasticsearch.SearchPage.Hit;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One question for labels. Where no matcher narrows it, names and values come from the terms; else
 * from the label tables of the blocks, which are columns: no samples are touched.
 */
final class LabelSearch {
  private static final BlockSearch.Reading TABLES =
      BlockSearch.Reading.columns(BlockMapping.ID, BlockMapping.TABLE);

  private static final BlockSearch.Reading STORED_TABLES =
      new BlockSearch.Reading(List.of(BlockMapping.SERIES), List.of());

  private final LabelQuery query;
  private final LabelTables tables;
  private final Damage damage;
  private final LabelMerge merge;
  private final AtomicBoolean storedOnly = new AtomicBoolean();

  LabelSearch(LabelQuery query, LabelTables tables, Damage damage) {
    this.query = query;
    this.tables = tables;
    this.damage = damage;
    this.merge = new LabelMerge(query);
  }

  Future<LabelResult> ask(Engine engine, EngineClient client, String index, BlockSearch search) {
    LabelTermsSearch terms = new LabelTermsSearch(client, index, query, merge);
    Future<Boolean> complete =
        switch (query.kind()) {
          case NAMES -> byTerms() ? terms.names() : Future.succeededFuture(false);
          case VALUES -> byTerms() ? terms.values(query.label()) : Future.succeededFuture(false);
          case SERIES -> Future.succeededFuture(false);
          case METADATA -> Future.succeededFuture(true); // Kept by the shards.
        };
    return complete
        .compose(all -> all ? Future.succeededFuture() : byTables(engine, search))
        .map(done -> merge.result());
  }

  private boolean byTerms() {
    return query.matcherSets().isEmpty() && query.kind() != Kind.SERIES;
  }

  /** Where some blocks have their tables as stored fields only, those of all are read so. */
  private Future<Void> byTables(Engine engine, BlockSearch search) {
    JsonObject blocks = BlockQueries.of(query);
    return search
        .each(engine, blocks, TABLES, this::visit)
        .compose(done ->
            storedOnly.get()
                ? search.each(engine, blocks, STORED_TABLES, this::visitStored)
                : Future.succeededFuture());
  }

  private void visit(Hit block) {
    byte[] table = block.binary(BlockMapping.TABLE);
    if (table.length > 0) {
      add(block, table);
    } else {
      storedOnly.set(true);
    }
  }

  private void visitStored(Hit block) {
    add(block, block.binary(BlockMapping.SERIES));
  }

  private void add(Hit block, byte[] table) {
    try {
      merge.add(tables.table(query.tenant(), table));
    } catch (CorruptBlockException e) {
      damage.report(block.id(), e);
    }
  }
}
