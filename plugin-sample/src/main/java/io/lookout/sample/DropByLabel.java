package io.lookout.sample;

import io.lookout.model.Labels;
import io.lookout.plugin.FilterPlugin;
import java.util.Map;

/**
 * Drops samples of series that have a label of a certain value.
 *
 * <pre>
 * # drop-by-label.properties
 * label = env
 * value = test
 * </pre>
 */
public final class DropByLabel implements FilterPlugin {
  private String label = "";
  private String value = "";

  @Override
  public String name() {
    return "drop-by-label";
  }

  @Override
  public void start(Map<String, String> settings) {
    label = settings.getOrDefault("label", "");
    value = settings.getOrDefault("value", "");
    if (label.isEmpty() || value.isEmpty()) {
      throw new IllegalArgumentException("drop-by-label.properties must set label and value");
    }
  }

  @Override
  public boolean keep(String tenant, Labels labels, long time, double sample) {
    return !labels.valueOf(label).equals(value);
  }
}
