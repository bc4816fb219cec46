package io.lookout.ingest.relabel;

import io.lookout.cluster.settings.Setting;
import io.lookout.model.LookoutException;

/** What is done to the labels of series before they are stored. */
public record RelabelSettings(
    @Setting(
            name = "ingest.relabel.configs",
            defaultValue = "",
            help =
                "Rules for the series of all protocols: a YAML list as Prometheus's"
                    + " write_relabel_configs.")
        String configs) {
  private static final String NAME = "ingest.relabel.configs";

  public RelabelSettings {
    try {
      RelabelReader.read(NAME, configs);
    } catch (LookoutException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  public Relabelling rules() {
    return RelabelReader.read(NAME, configs);
  }
}
