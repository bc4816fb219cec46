package io.lookout.storage.embedded;

import io.lookout.model.Label;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.LabelResult;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.LabelMerge;
import io.lookout.storage.embedded.BlockVisit.FoundBlock;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import java.io.IOException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/**
 * One question for labels over the indices. Where no matcher narrows it, names and values come from
 * the terms, which are far fewer than the series; else from the label tables of the blocks.
 */
final class LabelSearch {
  private final LabelQuery query;
  private final Query blocks;
  private final LabelTables tables;
  private final Damage damage;
  private final LabelMerge merge;

  LabelSearch(LabelQuery query, LabelTables tables, Damage damage) {
    this.query = query;
    this.blocks = BlockQueries.of(query);
    this.tables = tables;
    this.damage = damage;
    this.merge = new LabelMerge(query);
  }

  void in(IndexSearcher searcher) throws IOException {
    switch (query.kind()) {
      case NAMES, VALUES -> strings(searcher);
      case SERIES -> BlockVisit.each(searcher, blocks, this::take);
      case METADATA -> {
        // Kept by the shards.
      }
    }
  }

  private void strings(IndexSearcher searcher) throws IOException {
    if (!query.matcherSets().isEmpty()) {
      BlockVisit.each(searcher, blocks, this::take);
      return;
    }
    LabelTermsOf terms = new LabelTermsOf(searcher, blocks, merge);
    boolean complete = query.kind() == Kind.NAMES ? terms.names() : values(terms);
    if (!complete) {
      BlockVisit.each(searcher, blocks, this::take);
    }
  }

  private boolean values(LabelTermsOf terms) throws IOException {
    return query.label().equals(Label.METRIC_NAME) ? terms.metrics() : terms.values(query.label());
  }

  private void take(FoundBlock block) throws IOException {
    try {
      merge.add(tables.table(query.tenant(), block.series()));
    } catch (CorruptBlockException e) {
      damage.report(block.id(), e);
    }
  }

  LabelResult result() {
    return merge.result();
  }
}
