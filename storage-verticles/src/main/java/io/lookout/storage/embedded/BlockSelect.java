package io.lookout.storage.embedded;

import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.ChunkTableReader;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.LabelTable;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.embedded.BlockVisit.FoundBlock;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** One select over the indices: finds blocks, and takes the wanted series out of each. */
final class BlockSelect {
  private final SelectRequest request;
  private final Query query;
  private final LabelTables tables;
  private final Damage damage;
  private final SeriesMerge merge;

  BlockSelect(SelectRequest request, LabelTables tables, Damage damage) {
    this.request = request;
    this.query = BlockQueries.of(request);
    this.tables = tables;
    this.damage = damage;
    this.merge = new SeriesMerge(request.maxSeries(), request.maxBytes());
  }

  void in(IndexSearcher searcher) throws IOException {
    BlockVisit.each(searcher, query, this::take);
  }

  private void take(FoundBlock block) throws IOException {
    try {
      LabelTable table = tables.table(request.tenant(), block.series());
      BitSet wanted = table.matching(request.matchers());
      if (!wanted.isEmpty()) {
        merge.add(
            ChunkTableReader.read(
                table, wanted, block.chunks(), request.minTime(), request.maxTime()),
            block.sequence());
      }
    } catch (CorruptBlockException e) {
      damage.report(block.id(), e);
    }
  }

  List<SeriesChunks> result() {
    return merge.result();
  }
}
