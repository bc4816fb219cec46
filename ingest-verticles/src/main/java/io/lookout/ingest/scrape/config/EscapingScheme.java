package io.lookout.ingest.scrape.config;

/** What a target is asked to do with names that are not legacy names. */
public enum EscapingScheme {
  ALLOW_UTF_8("allow-utf-8"),
  UNDERSCORES("underscores"),
  DOTS("dots"),
  VALUES("values");

  private final String label;

  EscapingScheme(String label) {
    this.label = label;
  }

  /** As configurations and content types name it. */
  public String label() {
    return label;
  }

  /**
   * @throws IllegalArgumentException for an unknown name
   */
  public static EscapingScheme named(String name) {
    for (EscapingScheme each : values()) {
      if (each.label.equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException("must be allow-utf-8, underscores, dots or values");
  }
}
