package io.lookout.model.bus;

import java.util.ArrayList;
import java.util.List;

/**
 * The shard's answer once a batch is durable.
 *
 * @param accepted samples in the log, duplicates of equal value included
 * @param histograms how many of these are native histograms
 * @param exemplars that were taken with them
 * @param rejections what was not taken and why; empty when all was
 */
public record WriteResult(int accepted, int histograms, int exemplars, List<Rejection> rejections) {
  /** Of a batch without anything in it. */
  public static final WriteResult NOTHING = new WriteResult(0, List.of());

  /** So many samples of one cause, with a message that names an offending series. */
  public record Rejection(String reason, int samples, String message) {}

  public WriteResult {
    rejections = List.copyOf(rejections);
  }

  /** Of floats alone. */
  public WriteResult(int accepted, List<Rejection> rejections) {
    this(accepted, 0, 0, rejections);
  }

  /** All of a batch is durable, and these were left out of it before. */
  public static WriteResult of(WriteBatch batch, List<Rejection> rejections) {
    return new WriteResult(
        batch.sampleCount(), batch.histogramCount(), batch.exemplars().size(), rejections);
  }

  /** What two shards have taken of one batch. */
  public WriteResult plus(WriteResult other) {
    List<Rejection> both = new ArrayList<>(rejections);
    both.addAll(other.rejections);
    return new WriteResult(
        accepted + other.accepted,
        histograms + other.histograms,
        exemplars + other.exemplars,
        both);
  }
}
