package io.lookout.app.tsdb;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.Exemplar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what is in the log.
 *
 * @param part file of the log that it ends in, as a path within the data directory
 * @param records of that file which it and the portions before it have, definitions apart
 * @param progress how much of the log has been read: 0 to 1
 */
public record HeadPortion(
    List<HeadSeries> series, int samples, String part, long records, double progress) {

  /**
   * A series, or one more stretch of it.
   *
   * @param samples in the order of time
   */
  public record HeadSeries(
      Labels labels,
      SampleColumns samples,
      List<Exemplar> exemplars,
      @Nullable Metadata metadata) {}

  /**
   * @param type as remote write numbers types: 1 counter, 2 gauge, ...; 0 unknown
   */
  public record Metadata(int type, String help, String unit) {}
}
