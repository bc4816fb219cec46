package io.lookout.app.rehearsal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What dashboards ask, as paths of the query API. */
final class Questions {
  private static final List<String> INSTANT =
      List.of(
          "sum by (job) (up)",
          "sum by (job) ({job=\"node\"})",
          "count by (__name__) ({__name__!=\"\"})",
          "sum by (job) (rate({job=\"node\"}[5m]))",
          "topk(10, rate(requests_total[5m]))",
          "histogram_quantile(0.99, sum by (le, handler) (rate(request_seconds_bucket[5m])))",
          "max_over_time(pod_memory_bytes[1h])");

  private static final List<String> RANGE =
      List.of(
          "load1",
          "rate(cpu_seconds_total{instance=\"host-3:9100\",cpu=\"0\",mode=\"user\"}[5m])",
          "rate(cpu_seconds_total{instance=\"host-3:9100\"}[5m])",
          "rate(cpu_seconds_total[5m])",
          "sum by (job) (rate({job=\"node\"}[5m]))",
          "sum by (instance) (rate(cpu_seconds_total[5m]))",
          "sum by (job) ({job=\"node\"})",
          "histogram_quantile(0.99, sum by (le) (rate(request_seconds_bucket[5m])))",
          "topk(10, rate(requests_total[5m]))",
          "max_over_time(pod_memory_bytes[1h])",
          "sum by (mode) (rate(cpu_seconds_total{instance=~\"host-[0-4].*\",mode=~\"user|idle\"}[5m]))",
          "1 - memory_free_bytes / ignoring(family) memory_total_bytes");

  private Questions() {}

  /** Each once, in the order of a dashboard: about the last hour, and about the last three. */
  static List<String> paths(long endMillis) {
    long end = endMillis / 1000;
    List<String> paths = new ArrayList<>();
    for (String each : INSTANT) {
      paths.add("/api/v1/query?query=" + encoded(each) + "&time=" + end);
    }
    for (long hours : new long[] {1, 3}) {
      String times = "start=" + (end - hours * 3600) + "&end=" + end;
      for (String each : RANGE) {
        paths.add(
            "/api/v1/query_range?query=" + encoded(each) + "&" + times + "&step=" + 20 * hours);
      }
      paths.add("/api/v1/labels?" + times);
      paths.add("/api/v1/label/instance/values?" + times);
      paths.add("/api/v1/label/__name__/values?" + times);
      paths.add("/api/v1/label/pod/values?" + times + "&match%5B%5D=pod_memory_bytes");
      paths.add("/api/v1/series?" + times + "&match%5B%5D=cpu_seconds_total");
    }
    return paths;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
