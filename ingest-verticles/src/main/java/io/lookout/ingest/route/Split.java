package io.lookout.ingest.route;

import io.lookout.ingest.pipeline.SampleFilter;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch in parts, one for each owner of series in it. Metadata goes with the first part: it is of
 * the tenant and its families, not of a series.
 */
public final class Split {
  /** A part and the number of its owner in the table. */
  public record Part(int owner, WriteBatch batch) {}

  private Split() {}

  public static List<Part> of(WriteBatch batch, RouteTable table) {
    int[] owners = new int[batch.seriesCount()];
    int first = -1;
    boolean single = true;
    for (int i = 0; i < owners.length; i++) {
      owners[i] = table.ownerNumber(batch.series()[i]);
      first = i == 0 ? owners[0] : first;
      single &= owners[i] == first;
    }
    if (single) {
      return List.of(new Part(Math.max(first, 0), batch));
    }
    return parts(batch, table, owners);
  }

  private static List<Part> parts(WriteBatch batch, RouteTable table, int[] owners) {
    int[] samplesOf = new int[table.owners().size()];
    for (int i = 0; i < batch.sampleCount(); i++) {
      samplesOf[owners[batch.seriesOf()[i]]]++;
    }
    WriteBatch.@Nullable Builder[] builders = new WriteBatch.Builder[samplesOf.length];
    int[] newIndex = new int[owners.length];
    for (int i = 0; i < owners.length; i++) {
      WriteBatch.Builder builder = builders[owners[i]];
      if (builder == null) {
        builder = new WriteBatch.Builder(batch.tenant(), samplesOf[owners[i]]);
        builders[owners[i]] = builder;
      }
      newIndex[i] = builder.series(batch.series()[i]);
    }
    copySamples(batch, owners, newIndex, builders);
    return built(batch, builders);
  }

  private static void copySamples(
      WriteBatch batch, int[] owners, int[] newIndex, WriteBatch.@Nullable Builder[] builders) {
    int[] seriesOf = batch.seriesOf();
    long[] times = batch.times();
    double[] values = batch.values();
    boolean plain = batch.histograms() == null && batch.startTimes() == null;
    for (int i = 0; i < batch.sampleCount(); i++) {
      int series = seriesOf[i];
      WriteBatch.Builder builder = builders[owners[series]];
      if (builder != null) {
        if (plain) {
          builder.sample(newIndex[series], times[i], values[i]);
        } else {
          SampleFilter.copySample(batch, i, newIndex[series], builder);
        }
      }
    }
    for (SeriesExemplar each : batch.exemplars()) {
      WriteBatch.Builder builder = builders[owners[each.series()]];
      if (builder != null) {
        builder.exemplar(newIndex[each.series()], each.exemplar());
      }
    }
  }

  private static List<Part> built(WriteBatch batch, WriteBatch.@Nullable Builder[] builders) {
    List<Part> parts = new ArrayList<>();
    for (int owner = 0; owner < builders.length; owner++) {
      WriteBatch.Builder builder = builders[owner];
      if (builder != null) {
        if (parts.isEmpty()) {
          batch.metadata().forEach(builder::metadata);
        }
        parts.add(new Part(owner, builder.build()));
      }
    }
    return parts;
  }
}
