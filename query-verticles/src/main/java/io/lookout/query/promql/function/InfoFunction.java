package io.lookout.query.promql.function;

import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.VectorSelector;
import io.lookout.query.promql.value.LabelText;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code info(v, {selector})}: adds labels of info series such as {@code target_info} to the series
 * with the same {@code job} and {@code instance}. Of several info series of one name the one with
 * the latest sample counts. As in Prometheus, a metric name that was to be removed in the end
 * stays.
 *
 * <p>Argument 0 is the base vector, 1 the info series of the wanted names, 2 the times of their
 * samples in seconds.
 */
final class InfoFunction {
  private static final List<String> IDENTIFYING = List.of("instance", "job");

  private final VectorCall call;
  private final List<Matcher> names = new ArrayList<>();
  private final List<Matcher> data = new ArrayList<>();

  private InfoFunction(VectorCall call) {
    this.call = call;
    List<Expr> args = call.site().call().args();
    if (args.size() > 1 && bare(args.get(1)) instanceof VectorSelector selector) {
      for (Matcher matcher : selector.matchers()) {
        (matcher.name().equals(Label.METRIC_NAME) ? names : data).add(matcher);
      }
    }
    if (names.isEmpty()) {
      names.add(Matcher.equal(Label.METRIC_NAME, "target_info"));
    }
    if (names.stream().allMatch(Matcher::isNegative)) {
      names.add(Matcher.regex(Label.METRIC_NAME, ".+_info"));
    }
  }

  static void register(Functions.Registry registry) {
    registry.vector("info", call -> new InfoFunction(call).apply());
  }

  private static Expr bare(Expr expr) {
    return expr instanceof ParenExpr paren ? bare(paren.expr()) : expr;
  }

  /** An info series and when its samples were taken. */
  private record InfoSeries(SeriesSteps series, SeriesSteps times) {
    Labels labels() {
      return series.labels();
    }

    /** For messages: which series, and when its sample was taken. */
    String at(int step) {
      return LabelText.of(labels()) + " @ " + Math.round(times.values[step] * 1000);
    }
  }

  private List<SeriesSteps> apply() {
    List<SeriesSteps> bases = call.vector(0);
    Map<Labels, List<InfoSeries>> byIdentity = infos(identifying(bases));
    List<SeriesSteps> result = new ArrayList<>();
    for (SeriesSteps base : bases) {
      if (isInfo(base.labels())) {
        result.add(base.with(base.labels(), false));
      } else {
        result.addAll(enriched(base, candidates(base, byIdentity)));
      }
    }
    return result;
  }

  private static List<InfoSeries> candidates(
      SeriesSteps base, Map<Labels, List<InfoSeries>> byIdentity) {
    Labels identity = base.labels().keep(IDENTIFYING);
    return identity.isEmpty() ? List.of() : byIdentity.getOrDefault(identity, List.of());
  }

  /**
   * The values of each identifying label that any base series has. Info series must have one of
   * them, also those for base series that lack the label.
   */
  private Map<String, Set<String>> identifying(List<SeriesSteps> bases) {
    Map<String, Set<String>> values = new HashMap<>();
    for (SeriesSteps base : bases) {
      if (!isInfo(base.labels())) {
        for (Label label : base.labels().keep(IDENTIFYING)) {
          values.computeIfAbsent(label.name(), name -> new HashSet<>()).add(label.value());
        }
      }
    }
    return values;
  }

  private Map<Labels, List<InfoSeries>> infos(Map<String, Set<String>> identifying) {
    Map<Labels, SeriesSteps> times = new LinkedHashMap<>();
    call.vector(2).forEach(series -> times.put(series.labels(), series));
    Map<Labels, List<InfoSeries>> infos = new LinkedHashMap<>();
    for (SeriesSteps series : call.vector(1)) {
      Labels labels = series.labels();
      SeriesSteps seriesTimes = times.get(labels);
      boolean wanted =
          identifying.entrySet().stream()
              .allMatch(each -> each.getValue().contains(labels.valueOf(each.getKey())));
      if (seriesTimes != null && wanted && matches(data, labels)) {
        infos
            .computeIfAbsent(labels.keep(IDENTIFYING), l -> new ArrayList<>())
            .add(new InfoSeries(series, seriesTimes));
      }
    }
    return infos;
  }

  private static boolean matches(List<Matcher> matchers, Labels labels) {
    return matchers.stream().allMatch(m -> m.matches(labels.valueOf(m.name())));
  }

  /** Info series are not themselves enriched. */
  private boolean isInfo(Labels labels) {
    return matches(names, labels);
  }

  /** A series for each label set that the base has over the steps. */
  private List<SeriesSteps> enriched(SeriesSteps base, List<InfoSeries> infos) {
    Map<Labels, SeriesSteps> byLabels = new LinkedHashMap<>();
    Map<List<InfoSeries>, Labels> known = new LinkedHashMap<>();
    boolean mayMiss = data.stream().allMatch(matcher -> matcher.matches(""));
    for (int step = 0; step < base.size(); step++) {
      if (!base.present(step)) {
        continue;
      }
      List<InfoSeries> chosen = choose(infos, step);
      if (chosen.isEmpty() && !mayMiss) {
        continue;
      }
      Labels labels = known.computeIfAbsent(chosen, c -> combine(base.labels(), c));
      SeriesSteps target =
          byLabels.computeIfAbsent(labels, l -> SeriesSteps.absent(l, false, base.size()));
      NativeHistogram histogram = base.histogram(step);
      if (histogram == null) {
        target.values[step] = base.values[step];
      } else {
        target.set(step, histogram);
      }
    }
    return List.copyOf(byLabels.values());
  }

  /** Of each name the info series with the latest sample. */
  private static List<InfoSeries> choose(List<InfoSeries> infos, int step) {
    Map<String, InfoSeries> latest = new TreeMap<>();
    for (InfoSeries info : infos) {
      if (!info.series.present(step)) {
        continue;
      }
      if (info.series.histogram(step) != null) {
        throw new LookoutException(
            ErrorCode.EXECUTION,
            "this should be an info metric, with float samples: " + LabelText.of(info.labels()));
      }
      InfoSeries other = latest.get(info.labels().metricName());
      int order =
          other == null ? 1 : Double.compare(info.times.values[step], other.times.values[step]);
      if (other != null && order == 0) {
        throw new LookoutException(
            ErrorCode.EXECUTION,
            "found duplicate series for info metric: existing "
                + other.at(step)
                + ", new "
                + info.at(step));
      }
      if (order > 0) {
        latest.put(info.labels().metricName(), info);
      }
    }
    return List.copyOf(latest.values());
  }

  private Labels combine(Labels base, List<InfoSeries> infos) {
    Labels.Builder labels = base.toBuilder();
    Map<String, String> added = new LinkedHashMap<>();
    for (InfoSeries info : infos) {
      for (Label label : info.labels()) {
        String name = label.name();
        boolean asked =
            data.isEmpty() || data.stream().anyMatch(matcher -> matcher.name().equals(name));
        if (name.equals(Label.METRIC_NAME) || !asked || base.get(name) != null) {
          continue;
        }
        String before = added.put(name, label.value());
        if (before != null && !before.equals(label.value())) {
          throw new LookoutException(ErrorCode.EXECUTION, "conflicting label: " + name);
        }
        labels.set(name, label.value());
      }
    }
    return labels.build();
  }
}
