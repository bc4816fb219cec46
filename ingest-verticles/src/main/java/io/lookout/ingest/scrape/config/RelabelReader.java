package io.lookout.ingest.scrape.config;

import io.lookout.ingest.relabel.RelabelAction;
import io.lookout.ingest.relabel.RelabelRule;
import io.lookout.ingest.relabel.Relabelling;
import io.lookout.ingest.yaml.YamlSection;
import java.util.List;

/** Reads {@code relabel_configs}, {@code metric_relabel_configs} and whatever has their form. */
public final class RelabelReader {
  private RelabelReader() {}

  public static Relabelling read(YamlSection section, String key) {
    List<YamlSection> rules = section.sections(key);
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
