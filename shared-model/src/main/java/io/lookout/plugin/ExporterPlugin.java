package io.lookout.plugin;

/**
 * Takes accepted samples somewhere else, after they are stored.
 *
 * <p>Called on a thread of its own, one batch at a time; it may wait, for as long as {@code
 * plugins.exporter.timeout}, and is then interrupted. Batches wait in memory, as many as {@code
 * plugins.exporter.queue} allows; where that is full, batches are dropped and counted. So this is
 * no way to keep every sample: a relay is.
 */
public interface ExporterPlugin extends Plugin {
  /**
   * Takes samples of one tenant.
   *
   * @throws Exception where it could not; the batch is counted as failed and not given again
   */
  void export(Samples samples) throws Exception;
}
