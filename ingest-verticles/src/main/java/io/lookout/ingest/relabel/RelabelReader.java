package io.lookout.ingest.relabel;

import io.lookout.ingest.yaml.YamlSection;
import java.util.List;

/** Reads {@code relabel_configs}, {@code metric_relabel_configs} and whatever has their form. */
public final class RelabelReader {
  private RelabelReader() {}

  public static Relabelling read(YamlSection section, String key) {
    return relabelling(section.sections(key));
  }

  /**
   * The rules of a text that is a list of them.
   *
   * @param name of the text, for messages
   */
  static Relabelling read(String name, String text) {
    return relabelling(YamlSection.readList(name, text));
  }

  private static Relabelling relabelling(List<YamlSection> rules) {
    return rules.isEmpty()
        ? Relabelling.NONE
        : new Relabelling(rules.stream().map(RelabelReader::rule).toList());
  }

  private static RelabelRule rule(YamlSection yaml) {
    RelabelRule.Draft draft = new RelabelRule.Draft();
    yaml.parsed("action", RelabelReader::action).ifPresent(draft::action);
    draft.sourceLabels(yaml.texts("source_labels"));
    yaml.text("separator").ifPresent(draft::separator);
    yaml.text("regex").ifPresent(draft::regex);
    yaml.parsed("modulus", Long::parseUnsignedLong).ifPresent(draft::modulus);
    yaml.text("target_label").ifPresent(draft::targetLabel);
    yaml.text("replacement").ifPresent(draft::replacement);
    yaml.end("a relabel configuration");
    try {
      return draft.build();
    } catch (IllegalArgumentException e) {
      throw yaml.problem(String.valueOf(e.getMessage()));
    }
  }

  private static RelabelAction action(String name) {
    return RelabelAction.named(name)
        .orElseThrow(() -> new IllegalArgumentException("unknown relabel action"));
  }
}
