package io.lookout.ingest.route;

import io.lookout.ingest.pipeline.SampleFilter;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch in parts: a series goes to the place that it is given, and no part has more samples than
 * one request should.
 */
public final class BoundedSplit {
  /** A part and the number of its place. */
  public record Part(int place, WriteBatch batch) {}

  /** Where series go. */
  public interface Places {
    int count();

    /** From 0 to {@link #count()}. */
    int of(SeriesKey series);

    /** Whether metadata goes with the first part of each place, or with the first part alone. */
    default boolean allNeedMetadata() {
      return true;
    }
  }

  private final WriteBatch batch;
  private final Places places;
  private final int mostSamples;
  private final List<Part> parts = new ArrayList<>();
  private final WriteBatch.@Nullable Builder[] open;

  /** Which part of its place a series was last entered in, and as what number. */
  private final int[] partOf;

  private final int[] numberOf;
  private final int[] partsOfPlace;
  private final int[] placeOf;
  private boolean begun;

  private BoundedSplit(WriteBatch batch, Places places, int mostSamples) {
    this.batch = batch;
    this.places = places;
    this.mostSamples = mostSamples;
    open = new WriteBatch.Builder[places.count()];
    partsOfPlace = new int[open.length];
    placeOf = new int[batch.seriesCount()];
    for (int i = 0; i < placeOf.length; i++) {
      placeOf[i] = places.of(batch.series()[i]);
    }
    partOf = new int[batch.seriesCount()];
    numberOf = new int[batch.seriesCount()];
  }

  /**
   * @param mostSamples that a part may have
   */
  public static List<Part> of(WriteBatch batch, Places places, int mostSamples) {
    BoundedSplit split = new BoundedSplit(batch, places, mostSamples);
    for (int i = 0; i < batch.sampleCount(); i++) {
      split.sample(i);
    }
    for (SeriesExemplar each : batch.exemplars()) {
      int place = split.placeOf[each.series()];
      WriteBatch.Builder part = split.part(place);
      part.exemplar(split.number(each.series(), place, part), each.exemplar());
    }
    if (batch.sampleCount() == 0 && !batch.metadata().isEmpty()) {
      split.part(0);
    }
    for (int place = 0; place < split.open.length; place++) {
      split.close(place);
    }
    return split.parts;
  }

  private void sample(int i) {
    int series = batch.seriesOf()[i];
    int place = placeOf[series];
    WriteBatch.Builder part = part(place);
    SampleFilter.copySample(batch, i, number(series, place, part), part);
    if (part.sampleCount() >= mostSamples) {
      close(place);
    }
  }

  private WriteBatch.Builder part(int place) {
    WriteBatch.Builder part = open[place];
    if (part == null) {
      part = new WriteBatch.Builder(batch.tenant(), expectedSamples());
      if (places.allNeedMetadata() ? partsOfPlace[place] == 0 : !begun) {
        begun = true;
        batch.metadata().forEach(part::metadata);
      }
      partsOfPlace[place]++;
      open[place] = part;
    }
    return part;
  }

  /** Twice an even share: a part that gets more grows. */
  private int expectedSamples() {
    int share = batch.sampleCount() / open.length;
    return Math.min(mostSamples, Math.min(batch.sampleCount(), 2 * share + 8));
  }

  private int number(int series, int place, WriteBatch.Builder part) {
    if (partOf[series] != partsOfPlace[place]) {
      partOf[series] = partsOfPlace[place];
      numberOf[series] = part.series(batch.series()[series]);
    }
    return numberOf[series];
  }

  private void close(int place) {
    WriteBatch.Builder part = open[place];
    if (part != null) {
      parts.add(new Part(place, part.build()));
      open[place] = null;
    }
  }
}
