package io.lookout.ingest.exposition;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import java.util.List;

/**
 * Reads what a target exposes, entry by entry, where it lies in a byte array.
 *
 * <p>The bytes that name a series are offered as they are, so that whoever has met them before need
 * not ask for {@link #labels}. Whatever the input is, methods return or throw {@link
 * LookoutException} with {@link ErrorCode#BAD_DATA}. Not thread-safe.
 */
public interface ExpositionParser {
  /** What was read. */
  enum Entry {
    /** A float. */
    SAMPLE,
    /** A native histogram. */
    HISTOGRAM,
    HELP,
    TYPE,
    UNIT,
    END
  }

  /** Begins at {@code from} and ends before {@code to}. */
  void reset(byte[] bytes, int from, int to);

  /** Reads the next entry. */
  Entry next();

  /** Holds the bytes that name the series of this sample, at {@link #seriesFrom}. */
  byte[] seriesBytes();

  int seriesFrom();

  /** After the last byte of the series of this sample. */
  int seriesTo();

  /** Adds the labels of this sample, {@code __name__} among them. */
  void labels(LabelPairs into);

  double value();

  /** The value of a HISTOGRAM; asked for nothing else. */
  NativeHistogram histogram();

  /** Whether the sample has a time of its own. */
  boolean isTimed();

  /** The sample's own time, ms. */
  long time();

  /** When counting began, ms; 0 where the sample does not say. */
  long startTime();

  /**
   * The exemplars of this sample. One without a time of its own has {@link Long#MIN_VALUE}: the
   * sample's is meant.
   */
  List<Exemplar> exemplars();

  /** The family that HELP, TYPE or UNIT is about. */
  String family();

  /** The help text, unescaped, the type's name, or the unit. */
  String text();
}
