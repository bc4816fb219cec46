package io.lookout.storage.embedded;

import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import java.io.IOException;

/** Answers questions for labels, from what is remembered where that was about the same blocks. */
record LabelAnswering(SegmentCache cache, LabelTables tables, Damage damage) {
  /** Of one view: the answer is remembered as that for the blocks that are in it. */
  LabelResult answer(LabelQuery query, PeriodView view) throws IOException {
    return cache.answer(
        cache.question(query, view),
        () -> {
          LabelSearch labels = new LabelSearch(query, tables, damage);
          view.each(labels::in);
          return labels.result();
        });
  }
}
