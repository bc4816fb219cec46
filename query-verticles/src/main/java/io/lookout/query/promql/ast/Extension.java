package io.lookout.query.promql.ast;

import java.util.Optional;

/** Functions that Prometheus does not have, known only where they are asked for. */
public enum Extension {
  /** The functions of SOFALookout. */
  SOFALOOKOUT("sofalookout");

  private final String key;

  Extension(String key) {
    this.key = key;
  }

  /** As settings name it. */
  public String key() {
    return key;
  }

  public static Optional<Extension> of(String key) {
    for (Extension each : values()) {
      if (each.key.equals(key)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
