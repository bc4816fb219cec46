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
import java.util.List;

/**
 * One question for labels. Where no matcher narrows it, names and values come from the terms; else
 * from the label tables of the blocks.
 */
final class LabelSearch implements BlockSearch.Visitor {
  private static final BlockSearch.Reading TABLES =
      new BlockSearch.Reading(List.of(BlockMapping.SERIES), List.of());

  private final LabelQuery query;
  private final LabelTables tables;
  private final Damage damage;
  private final LabelMerge merge;

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
        .compose(all ->
            all
                ? Future.succeededFuture()
                : search.each(engine, BlockQueries.of(query), TABLES, this))
        .map(done -> merge.result());
  }

  private boolean byTerms() {
    return query.matcherSets().isEmpty() && query.kind() != Kind.SERIES;
  }

  @Override
  public void visit(Hit block) {
    try {
      merge.add(tables.table(query.tenant(), block.binary(BlockMapping.SERIES)));
    } catch (CorruptBlockException e) {
      damage.report(block.id(), e);
    }
  }
}
