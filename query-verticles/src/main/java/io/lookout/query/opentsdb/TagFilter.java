package io.lookout.query.opentsdb;

import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition on one tag.
 *
 * @param groupBy whether series that differ in it are kept apart
 */
record TagFilter(String type, String tag, String filter, boolean groupBy) {
  private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");

  private static final Map<String, String> EXAMPLES =
      new TreeMap<>(
          Map.of(
              "literal_or", "host=literal_or(web01|web02)",
              "iliteral_or", "host=iliteral_or(WEB01)",
              "not_literal_or", "host=not_literal_or(web01)",
              "not_iliteral_or", "host=not_iliteral_or(WEB01)",
              "wildcard", "host=wildcard(web*)",
              "iwildcard", "host=iwildcard(WEB*)",
              "regexp", "host=regexp(web[0-9]+)",
              "not_key", "host=not_key()"));

  TagFilter {
    if (!EXAMPLES.containsKey(type)) {
      throw Bad.request("Could not find a tag value filter of the type " + type);
    }
    if (tag.isEmpty()) {
      throw Bad.request("Missing tag key of a filter");
    }
    if (filter.isEmpty() && !type.equals("not_key")) {
      throw Bad.request("Filter of tag " + tag + " is empty");
    }
  }

  /** The types, each with an example of it as a URL has it. */
  static Map<String, String> examples() {
    return EXAMPLES;
  }

  /**
   * What stands for a tag in a URL or in a query: a value, {@code *}, values with bars between
   * them, a pattern with stars, or a filter in words.
   *
   * @throws LookoutException {@code BAD_DATA} for a filter that is none
   */
  static TagFilter parse(String tag, String text, boolean groupBy) {
    int open = text.indexOf('(');
    if (open > 0 && text.endsWith(")")) {
      String inner = text.substring(open + 1, text.length() - 1);
      return new TagFilter(text.substring(0, open), tag, inner, groupBy);
    }
    return new TagFilter(text.indexOf('*') >= 0 ? "wildcard" : "literal_or", tag, text, groupBy);
  }

  /** The same as matchers; a series without the tag is accepted by {@code not_key} alone. */
  List<Matcher> matchers() {
    List<Matcher> matchers = new ArrayList<>();
    switch (type) {
      case "literal_or" -> matchers.add(literal(""));
      case "iliteral_or" -> matchers.add(literal("(?i)"));
      case "not_literal_or" -> matchers.add(Matcher.notRegex(tag, alternatives()));
      case "not_iliteral_or" -> matchers.add(Matcher.notRegex(tag, "(?i)" + alternatives()));
      case "wildcard" -> matchers.add(Matcher.regex(tag, wildcard()));
      case "iwildcard" -> matchers.add(Matcher.regex(tag, "(?i)" + wildcard()));
      case "regexp" -> matchers.add(Matcher.regex(tag, ".*(?:" + filter + ").*"));
      default -> {
        return List.of(Matcher.equal(tag, ""));
      }
    }
    matchers.add(Matcher.notEqual(tag, ""));
    return matchers;
  }

  /** Accepts values that begin with a text. */
  static Matcher beginsWith(String tag, String prefix) {
    return Matcher.regex(tag, quoted(prefix) + ".*");
  }

  private Matcher literal(String flags) {
    return flags.isEmpty() && filter.indexOf('|') < 0
        ? Matcher.equal(tag, filter)
        : Matcher.regex(tag, flags + alternatives());
  }

  private String alternatives() {
    return Arrays.stream(filter.split("\\|", -1))
        .map(each -> quoted(each.strip()))
        .collect(Collectors.joining("|", "(?:", ")"));
  }

  private String wildcard() {
    return Arrays.stream(filter.split("\\*", -1))
        .map(TagFilter::quoted)
        .collect(Collectors.joining(".*"));
  }

  private static String quoted(String text) {
    return SPECIAL.matcher(text).replaceAll("\\\\$0");
  }
}
