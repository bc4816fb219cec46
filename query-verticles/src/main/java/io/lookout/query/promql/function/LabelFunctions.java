package io.lookout.query.promql.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.RegexLimits;
import io.lookout.model.SeriesText;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.List;

/** {@code label_replace} and {@code label_join}. */
final class LabelFunctions {
  private LabelFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .vector("label_replace", LabelFunctions::replace)
        .vector("label_join", LabelFunctions::join);
  }

  private static List<SeriesSteps> replace(VectorCall call) {
    Pattern pattern = pattern(call.string(4));
    String target = target(call, 1);
    Template template = new Template(call.string(2));
    String source = call.string(3);
    List<SeriesSteps> result = new ArrayList<>();
    for (SeriesSteps series : call.vector(0)) {
      Matcher match = pattern.matcher(series.labels().valueOf(source));
      result.add(match.find() ? with(series, target, template.expand(match)) : series);
    }
    return result;
  }

  private static Pattern pattern(String regex) {
    try {
      RegexLimits.check(regex);
      return Pattern.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException | LookoutException e) {
      throw new LookoutException(
          ErrorCode.EXECUTION, "invalid regular expression in label_replace(): " + regex, e);
    }
  }

  private static List<SeriesSteps> join(VectorCall call) {
    String separator = call.string(2);
    List<String> sources = new ArrayList<>();
    for (int i = 3; i < call.arguments(); i++) {
      sources.add(valid(call.string(i), "source", call));
    }
    String target = target(call, 1);
    List<SeriesSteps> result = new ArrayList<>();
    for (SeriesSteps series : call.vector(0)) {
      List<String> values = sources.stream().map(series.labels()::valueOf).toList();
      result.add(with(series, target, String.join(separator, values)));
    }
    return result;
  }

  private static String target(VectorCall call, int argument) {
    return valid(call.string(argument), "destination", call);
  }

  /** Any UTF-8 text is a name, but not the empty one. */
  private static String valid(String name, String role, VectorCall call) {
    if (name.isEmpty() || !SeriesText.isUtf8(name)) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "invalid " + role + " label name in " + call.site().function() + "(): " + name);
    }
    return name;
  }

  /** A new metric name stays, even where the old one was to be dropped. */
  private static SeriesSteps with(SeriesSteps series, String name, String value) {
    Labels labels = series.labels().toBuilder().set(name, value).build();
    return series.with(labels, series.dropName() && !name.equals(Label.METRIC_NAME));
  }

  /** A replacement with groups: {@code $1}, {@code ${name}}, {@code $$}. */
  private static final class Template {
    /** Texts at even places, group names at odd ones. */
    private final List<String> parts = new ArrayList<>();

    Template(String text) {
      int at = 0;
      StringBuilder plain = new StringBuilder();
      while (at < text.length()) {
        int next = text.charAt(at) == '$' ? reference(text, at, plain) : at;
        if (next == at) {
          plain.append(text.charAt(at++));
        } else {
          at = next;
        }
      }
      parts.add(plain.toString());
    }

    /** Takes a reference, or nothing where there is none. */
    private int reference(String text, int at, StringBuilder plain) {
      if (text.startsWith("$$", at)) {
        plain.append('$');
        return at + 2;
      }
      boolean braced = text.startsWith("${", at);
      int start = at + (braced ? 2 : 1);
      int end = start;
      while (end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
      boolean closed = !braced || (end < text.length() && text.charAt(end) == '}');
      if (end == start || !closed) {
        return at;
      }
      parts.add(plain.toString());
      parts.add(text.substring(start, end));
      plain.setLength(0);
      return braced ? end + 1 : end;
    }

    private static boolean isWord(char c) {
      return c == '_' || Character.isLetterOrDigit(c);
    }

    String expand(Matcher match) {
      StringBuilder expanded = new StringBuilder();
      for (int i = 0; i < parts.size(); i++) {
        expanded.append(i % 2 == 0 ? parts.get(i) : group(match, parts.get(i)));
      }
      return expanded.toString();
    }

    /** A number with a leading 0 is a name. */
    private static boolean isNumber(String name) {
      return (name.length() == 1 || name.charAt(0) != '0')
          && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String group(Matcher match, String name) {
      String group = null;
      if (isNumber(name)) {
        boolean known = name.length() < 6 && Integer.parseInt(name) <= match.groupCount();
        group = known ? match.group(Integer.parseInt(name)) : null;
      } else if (match.pattern().namedGroups().containsKey(name)) {
        group = match.group(name);
      }
      return group == null ? "" : group;
    }
  }
}
