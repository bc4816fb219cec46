package io.lookout.ingest.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lookout.model.LabelPattern;
import io.lookout.model.LookoutException;
import io.lookout.model.RegexLimits;
import io.lookout.model.SeriesText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression over a whole text, and templates that are filled from its groups as Go's
 * {@code Regexp.Expand} does: {@code $1}, {@code $name}, {@code ${1}}, {@code $$}.
 */
final class Expression {
  private final String source;
  private final Pattern pattern;
  private final LabelPattern quick;
  private final Map<String, Integer> names;

  /**
   * @throws IllegalArgumentException where the text is no expression of RE2 syntax, or too large
   */
  Expression(String source) {
    this.source = source;
    try {
      RegexLimits.check(source);
      pattern = Pattern.compile("^(?s:" + source + ")$");
    } catch (LookoutException e) {
      throw invalid(source, String.valueOf(e.getMessage()), e);
    } catch (PatternSyntaxException e) {
      String problem = e.getDescription() + ": `" + e.getPattern() + "`";
      throw invalid(source, "error parsing regexp: " + problem, e);
    }
    quick = LabelPattern.regex(source);
    names = pattern.namedGroups();
  }

  private static IllegalArgumentException invalid(
      String source, String problem, RuntimeException cause) {
    return new IllegalArgumentException(
        "invalid regex " + SeriesText.quote(source) + ": " + problem, cause);
  }

  String source() {
    return source;
  }

  boolean matches(String text) {
    return quick.matches(text);
  }

  /** The groups of the text, or null where it does not match. */
  @Nullable Matcher groups(String text) {
    if (!quick.matches(text)) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher : null;
  }

  /** Whether a template refers to groups at all. */
  static boolean isTemplate(String text) {
    return text.indexOf('$') >= 0;
  }

  /** Fills a template; groups that do not exist or took no part are empty. */
  String expand(String template, Matcher groups) {
    if (!isTemplate(template)) {
      return template;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at++);
      if (c != '$') {
        out.append(c);
      } else if (at < template.length() && template.charAt(at) == '$') {
        out.append('$');
        at++;
      } else {
        at = reference(template, at, groups, out);
      }
    }
    return out.toString();
  }

  /** Reads what follows a dollar; a dollar that begins no reference stands for itself. */
  private int reference(String template, int from, Matcher groups, StringBuilder out) {
    boolean brace = from < template.length() && template.charAt(from) == '{';
    int begin = brace ? from + 1 : from;
    int end = begin;
    while (end < template.length() && isNamePart(template.codePointAt(end))) {
      end += Character.charCount(template.codePointAt(end));
    }
    boolean open = brace && (end >= template.length() || template.charAt(end) != '}');
    if (end == begin || open) {
      out.append('$');
      return from;
    }
    append(template.substring(begin, end), groups, out);
    return brace ? end + 1 : end;
  }

  private static boolean isNamePart(int c) {
    return c == '_'
        || Character.isLetter(c)
        || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
  }

  private void append(String name, Matcher groups, StringBuilder out) {
    @Nullable Integer group = number(name);
    if (group == null) {
      group = names.get(name);
    }
    if (group != null && group <= groups.groupCount()) {
      @Nullable String text = groups.group(group);
      out.append(text == null ? "" : text);
    }
  }

  /** A group's number: decimal, without leading zeros; null where it is a name. */
  private static @Nullable Integer number(String name) {
    if (name.length() > 8 || (name.length() > 1 && name.charAt(0) == '0')) {
      return null;
    }
    int number = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
