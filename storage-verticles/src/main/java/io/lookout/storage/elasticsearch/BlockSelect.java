package io.lookout.storage.elasticsearch;

import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.ChunkTableReader;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.LabelTable;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.elasticsearch.SearchPage.Hit;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import java.util.BitSet;
import java.util.List;

/** Takes the wanted series out of the blocks that one select finds, one block after the other. */
final class BlockSelect implements BlockSearch.Visitor {
  private final SelectRequest request;
  private final LabelTables tables;
  private final Damage damage;
  private final SeriesMerge merge;

  BlockSelect(SelectRequest request, LabelTables tables, Damage damage) {
    this.request = request;
    this.tables = tables;
    this.damage = damage;
    this.merge = new SeriesMerge(request.maxSeries(), request.maxBytes());
  }

  @Override
  public void visit(Hit block) {
    try {
      LabelTable table = tables.table(request.tenant(), block.binary(BlockMapping.SERIES));
      BitSet wanted = table.matching(request.matchers());
      if (!wanted.isEmpty()) {
        merge.add(
            ChunkTableReader.read(
                table,
                wanted,
                block.binary(BlockMapping.CHUNKS),
                request.minTime(),
                request.maxTime()),
            block.number(BlockMapping.SEQUENCE));
      }
    } catch (CorruptBlockException e) {
      damage.report(block.id(), e);
    }
  }

  List<SeriesChunks> result() {
    return merge.result();
  }
}
