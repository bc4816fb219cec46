package io.lookout.ingest.sofalookout;

import io.lookout.cluster.settings.Setting;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What clients of SOFALookout are told to report. */
public record SofaLookoutSettings(
    @Setting(
            name = "sofalookout.names",
            defaultValue = "",
            help = "SOFALookout's clients report only metrics that begin so; empty: all.")
        List<String> names,
    @Setting(
            name = "sofalookout.tags",
            defaultValue = "",
            help = "SOFALookout's clients report only metrics with these tags, key=value each.")
        List<String> tags) {
  public SofaLookoutSettings {
    names = List.copyOf(names);
    tags = List.copyOf(tags);
    for (String tag : tags) {
      if (tag.indexOf('=') < 1) {
        throw new IllegalArgumentException("sofalookout.tags has '" + tag + "', key=value is one");
      }
    }
  }

  /** Whether clients are told anything. */
  boolean restricts() {
    return !names.isEmpty() || !tags.isEmpty();
  }

  /** Changes with the lists, so that a client can say which it has. */
  String id() {
    return Integer.toHexString(31 * names.hashCode() + tags.hashCode());
  }

  /** The white lists as the client reads them. */
  String json() {
    JsonObject lists = new JsonObject();
    if (!names.isEmpty()) {
      lists.put("name_pre_wl", String.join(",", names));
    }
    if (!tags.isEmpty()) {
      lists.put("tag_wl", String.join(",", tags));
    }
    return new JsonObject().put("id", id()).put("config", lists).encode();
  }
}
