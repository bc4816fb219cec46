package io.lookout.plugin;

import io.lookout.model.Labels;

/**
 * Says which samples are stored. Asked after limits and relabelling, before samples of replicas are
 * told from each other.
 *
 * <p>Thread-safe: several event loops ask at the same time. It must answer at once and wait for
 * nothing. Where it throws, the rest of the batch is kept and the failure is counted.
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
