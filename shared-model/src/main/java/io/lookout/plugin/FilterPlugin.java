package io.lookout.plugin;

import io.lookout.model.Labels;

/**
 * Says which samples are stored. Asked after limits and relabelling, before samples of replicas are
 * told from each other.
 *
 * <p>Thread-safe: several threads ask at the same time. The sender waits for the answer. Where the
 * filter throws, the rest of the batch is kept; where it takes longer than {@code
 * plugins.filter.timeout} for a batch, its thread is interrupted and the whole batch is kept. Both
 * are counted.
 */
public interface FilterPlugin extends Plugin {
  /**
   * Whether to keep a sample. One that is not kept is no error to its sender.
   *
   * @param time ms since the epoch
   * @param value of a native histogram, its sum
   */
  boolean keep(String tenant, Labels labels, long time, double value);
}
