package io.lookout.ingest.otlp;

import java.util.Arrays;

/** How names are translated: the values of Prometheus's {@code otlp.translation_strategy}. */
enum NamingStrategy {
  UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
  UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", true, false),
  NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
  NO_TRANSLATION("NoTranslation", false, false);

  private final String label;
  private final boolean escapes;
  private final boolean suffixes;

  NamingStrategy(String label, boolean escapes, boolean suffixes) {
    this.label = label;
    this.escapes = escapes;
    this.suffixes = suffixes;
  }

  /**
   * @throws IllegalArgumentException for a text that names none, with those that there are
   */
  static NamingStrategy of(String label) {
    for (NamingStrategy each : values()) {
      if (each.label.equals(label)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "otlp.translation must be one of "
            + String.join(", ", Arrays.stream(values()).map(each -> each.label).toList())
            + ", not "
            + label);
  }

  /** Whether what is no letter, digit or underscore becomes an underscore. */
  boolean escapes() {
    return escapes;
  }

  /** Whether units and {@code total} stand behind the names of metrics. */
  boolean suffixes() {
    return suffixes;
  }
}
