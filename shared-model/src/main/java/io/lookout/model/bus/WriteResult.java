package io.lookout.model.bus;

import java.util.List;

/**
 * The shard's answer once a batch is durable.
 *
 * @param accepted samples in the log, duplicates of equal value included
 * @param rejections what was not taken and why; empty when all was
 */
public record WriteResult(int accepted, List<Rejection> rejections) {
  /** So many samples of one cause, with a message that names an offending series. */
  public record Rejection(String reason, int samples, String message) {}

  public WriteResult {
    rejections = List.copyOf(rejections);
  }
}
