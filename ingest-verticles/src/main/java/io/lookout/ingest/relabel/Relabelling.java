package io.lookout.ingest.relabel;

import com.google.re2j.Matcher;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rules one after the other. Says the same of the same labels always. Immutable and thread-safe.
 */
public final class Relabelling {
  /** No rules: everything stays as it is. */
  public static final Relabelling NONE = new Relabelling(List.of());

  private final List<RelabelRule> rules;

  public Relabelling(List<RelabelRule> rules) {
    this.rules = List.copyOf(rules);
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** The labels as the rules leave them, or null where a rule drops them. */
  public @Nullable Labels apply(Labels labels) {
    if (rules.isEmpty()) {
      return labels;
    }
    Labels.Builder builder = labels.toBuilder();
    for (RelabelRule rule : rules) {
      if (!keeps(rule, builder)) {
        return null;
      }
    }
    return builder.build();
  }

  private static boolean keeps(RelabelRule rule, Labels.Builder labels) {
    switch (rule.action) {
      case KEEP -> {
        return rule.regex.matches(joined(rule, labels));
      }
      case DROP -> {
        return !rule.regex.matches(joined(rule, labels));
      }
      case KEEPEQUAL -> {
        return joined(rule, labels).equals(valueOf(labels, rule.targetLabel));
      }
      case DROPEQUAL -> {
        return !joined(rule, labels).equals(valueOf(labels, rule.targetLabel));
      }
      case REPLACE -> replace(rule, labels);
      case HASHMOD -> labels.set(rule.targetLabel, remainder(joined(rule, labels), rule.modulus));
      case LOWERCASE -> labels.set(rule.targetLabel, joined(rule, labels).toLowerCase(Locale.ROOT));
      case UPPERCASE -> labels.set(rule.targetLabel, joined(rule, labels).toUpperCase(Locale.ROOT));
      case LABELMAP -> map(rule, labels);
      case LABELDROP -> removeNames(rule, labels, true);
      case LABELKEEP -> removeNames(rule, labels, false);
    }
    return true;
  }

  private static String joined(RelabelRule rule, Labels.Builder labels) {
    List<String> names = rule.sourceLabels;
    if (names.size() == 1) {
      return valueOf(labels, names.get(0));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : rule.separator).append(valueOf(labels, names.get(i)));
    }
    return text.toString();
  }

  private static String valueOf(Labels.Builder labels, String name) {
    String value = labels.get(name);
    return value == null ? "" : value;
  }

  private static void replace(RelabelRule rule, Labels.Builder labels) {
    if (rule.constant) {
      labels.set(rule.targetLabel, rule.replacement);
      return;
    }
    Matcher groups = rule.regex.groups(joined(rule, labels));
    if (groups == null) {
      return;
    }
    String target = rule.regex.expand(rule.targetLabel, groups);
    if (!target.isEmpty()) {
      labels.set(target, rule.regex.expand(rule.replacement, groups));
    }
  }

  /**
   * The last eight bytes of the MD5 as one unsigned number, so that targets are shared out as
   * Prometheus shares them.
   */
  private static String remainder(String text, long modulus) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
    long number = 0;
    for (int i = 8; i < 16; i++) {
      number = number << 8 | (digest[i] & 0xff);
    }
    return Long.toUnsignedString(Long.remainderUnsigned(number, modulus));
  }

  private static void map(RelabelRule rule, Labels.Builder labels) {
    for (Label label : labels.build()) {
      Matcher groups = rule.regex.groups(label.name());
      if (groups != null) {
        String name = rule.regex.expand(rule.replacement, groups);
        if (!name.isEmpty()) {
          labels.set(name, label.value());
        }
      }
    }
  }

  private static void removeNames(RelabelRule rule, Labels.Builder labels, boolean matching) {
    for (Label label : labels.build()) {
      if (rule.regex.matches(label.name()) == matching) {
        labels.remove(label.name());
      }
    }
  }
}
