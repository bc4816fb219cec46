package io.lookout.ingest.pipeline;

import io.lookout.model.bus.WriteResult.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was not taken of one request, and why: counts by reason, and for each reason the message of
 * the first case. Not thread-safe.
 */
public final class Rejections {
  private final Map<String, Rejection> byReason = new LinkedHashMap<>();
  private final Map<String, Integer> dropped = new LinkedHashMap<>();
  private String latest = "";

  public void add(String reason, int samples, String message) {
    latest = message;
    byReason.merge(
        reason,
        new Rejection(reason, samples, message),
        (a, b) -> new Rejection(reason, a.samples() + b.samples(), a.message()));
  }

  public void addAll(Iterable<Rejection> rejections) {
    rejections.forEach(each -> add(each.reason(), each.samples(), each.message()));
  }

  /**
   * Notes samples that are left out on purpose: no error to their sender.
   *
   * @param by the stage that does so, as the self-metrics name it
   */
  public void drop(String by, int samples) {
    dropped.merge(by, samples, Integer::sum);
  }

  /** The samples that were left out on purpose, by the stage. */
  public Map<String, Integer> dropped() {
    return Collections.unmodifiableMap(dropped);
  }

  /** Whether nothing was refused. */
  public boolean isEmpty() {
    return byReason.isEmpty();
  }

  /** How many samples were refused, whatever the reason. */
  public int samples() {
    int samples = 0;
    for (Rejection each : byReason.values()) {
      samples += each.samples();
    }
    return samples;
  }

  /** The message of the last case; empty before the first. */
  public String latest() {
    return latest;
  }

  /** One entry a reason, in the order in which they were met. */
  public List<Rejection> list() {
    return new ArrayList<>(byReason.values());
  }

  /** For the sender: each reason's first case, and how many samples it cost. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Rejection each : byReason.values()) {
      if (!text.isEmpty()) {
        text.append("; ");
      }
      text.append(each.message());
      if (each.samples() != 1) {
        text.append(" (")
            .append(each.samples())
            .append(" samples refused as ")
            .append(each.reason());
        text.append(')');
      }
    }
    return text.toString();
  }
}
