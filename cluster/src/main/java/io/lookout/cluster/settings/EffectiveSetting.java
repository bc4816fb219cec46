package io.lookout.cluster.settings;

/**
 * A setting as it counts, for banner and status pages.
 *
 * @param value as written; masked where the setting is secret
 * @param origin where the value came from
 */
public record EffectiveSetting(String name, String value, Origin origin) {
  /** Stands for the value of a secret that is set. */
  public static final String MASK = "<secret>";
}
