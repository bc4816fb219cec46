package io.lookout.query.opentsdb;

import io.lookout.model.LookoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form of a query in a URL: {@code
 * sum:rate{counter}:1m-avg:explicit_tags:sys.cpu.user{host=*}{dc=literal_or(lga)}}. What is no
 * option any more is the metric, so that metrics may have colons.
 */
final class QueryUri {
  private QueryUri() {}

  /** A metric and the filters in braces behind it; the metric may be empty. */
  record Selector(String metric, List<TagFilter> filters) {}

  /**
   * @throws LookoutException {@code BAD_DATA} for what is no such text
   */
  static SubQuery parse(String m) {
    int colon = m.indexOf(':');
    if (colon <= 0) {
      throw Bad.request("Invalid parameter m=" + m + ": it is aggregator:metric at least");
    }
    Aggregator aggregator = Aggregator.named(m.substring(0, colon));
    Optional<Downsample> downsample = Optional.empty();
    Optional<Rate> rate = Optional.empty();
    boolean explicit = false;
    String rest = m.substring(colon + 1);
    for (int next = rest.indexOf(':'); next > 0; next = rest.indexOf(':')) {
      String option = rest.substring(0, next);
      if (option.equals("rate") || option.startsWith("rate{")) {
        rate = Optional.of(Rate.parse(option));
      } else if (option.equals("explicit_tags")) {
        explicit = true;
      } else if (option.startsWith("percentiles[")) {
        throw Bad.request("percentiles of histograms are not supported");
      } else if (Character.isDigit(option.charAt(0)) && option.indexOf('-') > 0) {
        downsample = Optional.of(Downsample.parse(option));
      } else {
        break;
      }
      rest = rest.substring(next + 1);
    }
    Selector selector = selector(rest);
    return new SubQuery(
        aggregator, selector.metric(), downsample, rate, selector.filters(), explicit);
  }

  /**
   * Reads {@code metric{tag=filter,…}{tag=filter,…}}: the first braces group, the second do not.
   *
   * @throws LookoutException {@code BAD_DATA} for what is no such text
   */
  static Selector selector(String text) {
    int open = text.indexOf('{');
    if (open < 0) {
      return new Selector(text, List.of());
    }
    List<TagFilter> filters = new ArrayList<>();
    int between = text.indexOf("}{", open);
    if (!text.endsWith("}")) {
      throw Bad.request("Missing '}' at the end of: " + text);
    }
    int firstEnd = between < 0 ? text.length() - 1 : between;
    filters(text.substring(open + 1, firstEnd), true, filters);
    if (between >= 0) {
      filters(text.substring(between + 2, text.length() - 1), false, filters);
    }
    return new Selector(text.substring(0, open), filters);
  }

  /** Commas within parentheses belong to a filter. */
  private static void filters(String text, boolean groupBy, List<TagFilter> into) {
    int depth = 0;
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == text.length())) {
        String part = text.substring(begin, i).strip();
        if (!part.isEmpty()) {
          into.add(filter(part, groupBy));
        }
        begin = i + 1;
      }
    }
  }

  private static TagFilter filter(String part, boolean groupBy) {
    int equals = part.indexOf('=');
    if (equals <= 0) {
      throw Bad.request("Invalid tag filter: " + part);
    }
    return TagFilter.parse(part.substring(0, equals), part.substring(equals + 1), groupBy);
  }
}
