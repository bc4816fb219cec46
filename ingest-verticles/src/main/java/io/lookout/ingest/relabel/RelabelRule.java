package io.lookout.ingest.relabel;

import io.lookout.model.SeriesText;
import java.util.List;
import java.util.Optional;

/**
 * One rule, checked: source labels are joined, the result is matched, and the action done.
 *
 * <p>Source: the {@code relabel_config} section of Prometheus's configuration reference.
 */
public final class RelabelRule {
  /** What rules have that say nothing else. */
  public static final String DEFAULT_REGEX = "(.*)";

  public static final String DEFAULT_REPLACEMENT = "$1";
  public static final String DEFAULT_SEPARATOR = ";";

  final RelabelAction action;
  final List<String> sourceLabels;
  final String separator;
  final Expression regex;
  final long modulus;
  final String targetLabel;
  final String replacement;

  /** Sets a label whatever the others are: no matching needed. */
  final boolean constant;

  private RelabelRule(Draft draft) {
    action = draft.action;
    sourceLabels = List.copyOf(draft.sourceLabels);
    separator = draft.separator.orElse(DEFAULT_SEPARATOR);
    regex = new Expression(draft.regex.orElse(DEFAULT_REGEX));
    modulus = draft.modulus;
    targetLabel = draft.targetLabel;
    replacement = draft.replacement.orElse(DEFAULT_REPLACEMENT);
    constant =
        action == RelabelAction.REPLACE
            && regex.source().equals(DEFAULT_REGEX)
            && !Expression.isTemplate(targetLabel)
            && !Expression.isTemplate(replacement);
  }

  /** A rule as it is written, before it is checked. */
  public static final class Draft {
    private RelabelAction action = RelabelAction.REPLACE;
    private List<String> sourceLabels = List.of();
    private Optional<String> separator = Optional.empty();
    private Optional<String> regex = Optional.empty();
    private long modulus;
    private String targetLabel = "";
    private Optional<String> replacement = Optional.empty();

    public Draft action(RelabelAction value) {
      action = value;
      return this;
    }

    public Draft sourceLabels(List<String> value) {
      sourceLabels = value;
      return this;
    }

    public Draft separator(String value) {
      separator = Optional.of(value);
      return this;
    }

    public Draft regex(String value) {
      regex = Optional.of(value);
      return this;
    }

    /** Taken as unsigned. */
    public Draft modulus(long value) {
      modulus = value;
      return this;
    }

    public Draft targetLabel(String value) {
      targetLabel = value;
      return this;
    }

    public Draft replacement(String value) {
      replacement = Optional.of(value);
      return this;
    }

    /**
     * @throws IllegalArgumentException that says what is missing or does not belong there
     */
    public RelabelRule build() {
      switch (action) {
        case REPLACE -> requireTarget();
        case HASHMOD -> {
          requireTarget();
          require(modulus != 0, "relabel configuration for hashmod requires non-zero modulus");
        }
        case LOWERCASE, UPPERCASE -> requirePlainTarget();
        case KEEPEQUAL, DROPEQUAL -> {
          requirePlainTarget();
          requireNothingBut("source_labels and target_label", false);
        }
        case LABELDROP, LABELKEEP -> {
          require(sourceLabels.isEmpty() && targetLabel.isEmpty(), onlyAllowed("regex"));
          requireNothingBut("regex", true);
        }
        case LABELMAP ->
            require(
                replacement.map(text -> !text.isEmpty()).orElse(true),
                "relabel configuration for labelmap requires 'replacement' to name a label");
        case KEEP, DROP -> {}
      }
      return new RelabelRule(this);
    }

    private void requireTarget() {
      require(
          !targetLabel.isEmpty(),
          "relabel configuration for " + action.label() + " action requires 'target_label' value");
    }

    private void requirePlainTarget() {
      requireTarget();
      require(
          !Expression.isTemplate(targetLabel),
          SeriesText.quote(targetLabel)
              + " is invalid 'target_label' for "
              + action.label()
              + " action");
    }

    private void requireNothingBut(String what, boolean regexAllowed) {
      boolean more = separator.isPresent() || modulus != 0 || replacement.isPresent();
      require(!more && (regexAllowed || regex.isEmpty()), onlyAllowed(what));
    }

    private String onlyAllowed(String what) {
      return action.label() + " action requires only " + what + ", and no other fields";
    }

    private static void require(boolean condition, String otherwise) {
      if (!condition) {
        throw new IllegalArgumentException(otherwise);
      }
    }
  }
}
