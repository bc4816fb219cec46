package io.lookout.ingest.relabel;

import java.util.Locale;
import java.util.Optional;

/** What a rule does. */
public enum RelabelAction {
  REPLACE,
  KEEP,
  DROP,
  KEEPEQUAL,
  DROPEQUAL,
  HASHMOD,
  LABELMAP,
  LABELDROP,
  LABELKEEP,
  LOWERCASE,
  UPPERCASE;

  /** As configurations name it, in any case. */
  public static Optional<RelabelAction> named(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    for (RelabelAction action : values()) {
      if (action.name().equals(wanted)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }

  /** As configurations name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
