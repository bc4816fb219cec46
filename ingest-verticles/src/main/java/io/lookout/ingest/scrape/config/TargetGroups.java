package io.lookout.ingest.scrape.config;

import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.yaml.YamlSection;
import java.util.ArrayList;
import java.util.List;

/** Reads what discovery files list and discovery servers answer with: groups in YAML or JSON. */
public final class TargetGroups {
  private TargetGroups() {}

  /**
   * @param name of the file or server, for messages and as the source of the groups
   */
  public static List<TargetGroup> read(String name, String text) {
    List<TargetGroup> groups = new ArrayList<>();
    for (YamlSection each : YamlSection.readList(name, text)) {
      groups.add(DiscoveryReader.group(each, name + ":" + groups.size()));
    }
    return groups;
  }
}
