package io.lookout.ingest.plugin;

import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.pipeline.SampleFilter;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.plugin.FilterPlugin;
import java.util.Arrays;

/**
 * Asks a filter that comes from a plug-in. Where it throws, what it was not asked about is kept.
 */
final class FilterStage {
  private final FilterPlugin filter;
  private final String name;
  private final PluginFailures failures;

  FilterStage(FilterPlugin filter, PluginFailures failures) {
    this.filter = filter;
    this.name = filter.name();
    this.failures = failures;
  }

  WriteBatch apply(WriteBatch batch, Rejections rejections) {
    boolean[] keep = new boolean[batch.sampleCount()];
    Arrays.fill(keep, true);
    int dropped = 0;
    try {
      for (int i = 0; i < keep.length; i++) {
        SeriesKey series = batch.series()[batch.seriesOf()[i]];
        keep[i] = filter.keep(batch.tenant(), series.labels(), batch.times()[i], batch.values()[i]);
        dropped += keep[i] ? 0 : 1;
      }
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      failures.add(e);
    }
    if (dropped == 0) {
      return batch;
    }
    rejections.drop(name, dropped);
    return SampleFilter.keep(batch, keep);
  }
}
