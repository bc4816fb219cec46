package io.lookout.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises regular expressions that need no engine: literals, lists of literals (with one group
 * of alternatives, as variables of dashboards make them), and literals with {@code .*} or {@code
 * .+} at their ends or in the middle. Everything else is left to the engine; the expression is
 * known to be valid.
 */
final class SimplePatterns {
  private static final String META = "\\.+*?()|[]{}^$";

  /** More alternatives than this are still quick in the engine's automaton, and rare. */
  private static final int MAX_ALTERNATIVES = 1000;

  private final String expression;
  private int at;

  private SimplePatterns(String expression) {
    this.expression = expression;
  }

  static Optional<LabelPattern> of(String expression) {
    return new SimplePatterns(expression).recognise();
  }

  private Optional<LabelPattern> recognise() {
    Optional<LabelPattern> values = alternatives();
    return values.isPresent() ? values : wildcards();
  }

  /** {@code a|b|c}, or {@code pre(a|b|c)post}. */
  private Optional<LabelPattern> alternatives() {
    int open = expression.indexOf('(');
    int close = expression.lastIndexOf(')');
    boolean grouped = open >= 0 && close > open && !escaped(open) && !escaped(close);
    String prefix = grouped ? literal(expression.substring(0, open)) : "";
    String suffix = grouped ? literal(expression.substring(close + 1)) : "";
    if (prefix == null || suffix == null) {
      return Optional.empty();
    }
    String list = grouped ? expression.substring(open + 1, close) : expression;
    if (grouped && list.startsWith("?:")) {
      list = list.substring(2);
    }
    Set<String> values = new LinkedHashSet<>();
    for (String each : split(list)) {
      String value = literal(each);
      if (value == null || values.size() == MAX_ALTERNATIVES) {
        return Optional.empty();
      }
      values.add(prefix + value + suffix);
    }
    return Optional.of(
        values.size() == 1
            ? new LabelPattern.Literal(values.iterator().next())
            : new LabelPattern.OneOf(values));
  }

  private boolean escaped(int index) {
    int backslashes = 0;
    while (index - backslashes > 0 && expression.charAt(index - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  /** At bars that are not escaped. */
  private static List<String> split(String list) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < list.length(); i++) {
      if (list.charAt(i) == '\\') {
        i++;
      } else if (list.charAt(i) == '|') {
        parts.add(list.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(list.substring(from));
    return parts;
  }

  /** The text that an expression without operators stands for, or null where it has some. */
  private static @Nullable String literal(String part) {
    StringBuilder text = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '\\' && i + 1 < part.length() && isPunctuation(part.charAt(i + 1))) {
        text.append(part.charAt(++i));
      } else if (META.indexOf(c) >= 0) {
        return null;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
  }

  /** Literals and wildcards in turn, where that is one of the shapes with a case of its own. */
  private Optional<LabelPattern> wildcards() {
    List<Integer> least = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    texts.add("");
    while (at < expression.length()) {
      if (expression.startsWith(".*", at) || expression.startsWith(".+", at)) {
        least.add(expression.charAt(at + 1) == '+' ? 1 : 0);
        texts.add("");
        at += 2;
        if (at < expression.length() && "?*+{".indexOf(expression.charAt(at)) >= 0) {
          return Optional.empty();
        }
      } else {
        int end = endOfLiteral();
        String text = literal(expression.substring(at, end));
        if (text == null || text.isEmpty()) {
          return Optional.empty();
        }
        texts.set(texts.size() - 1, text);
        at = end;
      }
    }
    return shape(texts, least);
  }

  /** Where the run of literal characters ends that begins here. */
  private int endOfLiteral() {
    int end = at;
    while (end < expression.length() && META.indexOf(expression.charAt(end), 1) < 0) {
      end += expression.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, expression.length());
  }

  private static Optional<LabelPattern> shape(List<String> texts, List<Integer> least) {
    if (least.size() == 1) {
      return Optional.of(new LabelPattern.Affixes(texts.get(0), texts.get(1), least.get(0)));
    }
    boolean textInside =
        least.size() == 2
            && texts.get(0).isEmpty()
            && !texts.get(1).isEmpty()
            && texts.get(2).isEmpty();
    if (textInside) {
      return Optional.of(new LabelPattern.Contains(texts.get(1), least.get(0), least.get(1)));
    }
    return Optional.empty();
  }
}
