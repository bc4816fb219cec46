package io.lookout.model.bus;

import io.lookout.model.Labels;
import java.util.List;

/**
 * The answer to a {@link LabelQuery}: the list of its kind is filled, the others are empty.
 *
 * @param strings names or values, sorted by UTF-8 bytes, each once
 */
public record LabelResult(
    List<String> strings, List<Labels> series, List<MetricMetadata> metadata, boolean truncated) {
  /** Of whatever kind. */
  public int entries() {
    return strings.size() + series.size() + metadata.size();
  }
}
