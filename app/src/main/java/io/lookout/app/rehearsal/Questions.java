package io.lookout.app.rehearsal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What dashboards ask, as paths of the query API. Small questions come more often: what is the same
 * for all of them, from the request line to the last byte of the answer, is most of their work, and
 * a JVM takes note of methods by how often they run.
 */
final class Questions {
  /** So many times a round. */
  private static final int SMALL_A_ROUND = 10;

  private static final List<String> SMALL_INSTANT =
      List.of(
          "sum by (job) (up)",
          "topk(10, rate(requests_total[5m]))",
          "max_over_time(pod_memory_bytes[1h])");

  private static final List<String> INSTANT =
      List.of(
          "sum by (job) ({job=\"node\"})",
          "count by (__name__) ({__name__!=\"\"})",
          "sum by (job) (rate({job=\"node\"}[5m]))",
          "histogram_quantile(0.99, sum by (le, handler) (rate(request_seconds_bucket[5m])))");

  private static final List<String> SMALL_RANGE =
      List.of(
          "load1",
          "rate(cpu_seconds_total{instance=\"host-3:9100\",cpu=\"0\",mode=\"user\"}[5m])",
          "1 - memory_free_bytes / ignoring(family) memory_total_bytes");

  private static final List<String> RANGE =
      List.of(
          "rate(cpu_seconds_total{instance=\"host-3:9100\"}[5m])",
          "rate(cpu_seconds_total[5m])",
          "sum by (job) (rate({job=\"node\"}[5m]))",
          "sum by (instance) (rate(cpu_seconds_total[5m]))",
          "sum by (job) ({job=\"node\"})",
          "histogram_quantile(0.99, sum by (le) (rate(request_seconds_bucket[5m])))",
          "topk(10, rate(requests_total[5m]))",
          "max_over_time(pod_memory_bytes[1h])",
          "sum by (mode) (rate(cpu_seconds_total{instance=~\"host-[0-4].*\",mode=~\"user|idle\"}[5m]))");

  private Questions() {}

  /** One round: about the last hour, and about the last three. */
  static List<String> round(long endMillis) {
    long end = endMillis / 1000;
    List<String> paths = new ArrayList<>();
    INSTANT.forEach(each -> paths.add(instant(each, end)));
    for (long hours : new long[] {1, 3}) {
      RANGE.forEach(each -> paths.add(range(each, end, hours)));
      paths.add("/api/v1/series?" + times(end, hours) + "&match%5B%5D=cpu_seconds_total");
      List<String> small = small(end, hours);
      for (int i = 0; i < SMALL_A_ROUND; i++) {
        paths.addAll(small);
      }
    }
    return paths;
  }

  private static List<String> small(long end, long hours) {
    List<String> paths = new ArrayList<>();
    String times = times(end, hours);
    SMALL_INSTANT.forEach(each -> paths.add(instant(each, end)));
    SMALL_RANGE.forEach(each -> paths.add(range(each, end, hours)));
    paths.add("/api/v1/labels?" + times);
    paths.add("/api/v1/label/instance/values?" + times);
    paths.add("/api/v1/label/__name__/values?" + times);
    paths.add("/api/v1/label/pod/values?" + times + "&match%5B%5D=pod_memory_bytes");
    return paths;
  }

  private static String instant(String query, long end) {
    return "/api/v1/query?query=" + encoded(query) + "&time=" + end;
  }

  private static String range(String query, long end, long hours) {
    return "/api/v1/query_range?query="
        + encoded(query)
        + "&"
        + times(end, hours)
        + "&step="
        + 20 * hours;
  }

  private static String times(long end, long hours) {
    return "start=" + (end - hours * 3600) + "&end=" + end;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
