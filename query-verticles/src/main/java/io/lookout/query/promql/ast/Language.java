package io.lookout.query.promql.ast;

import java.util.Set;

/**
 * Which language is spoken.
 *
 * @param without what is switched off
 * @param extensions what there is beyond PromQL
 */
public record Language(Set<Feature> without, Set<Extension> extensions) {
  /** PromQL with everything experimental. */
  public static final Language PROMQL = new Language(Set.of(), Set.of());

  public Language {
    without = Set.copyOf(without);
    extensions = Set.copyOf(extensions);
  }

  public boolean has(Feature feature) {
    return !without.contains(feature);
  }

  public boolean has(Extension extension) {
    return extensions.contains(extension);
  }
}
