package io.lookout.model.bus.wire;

import io.lookout.model.Matcher;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.ExemplarQuery;
import io.lookout.model.bus.ExemplarResult;
import io.lookout.model.bus.ExemplarResult.SeriesExemplars;
import java.util.List;

/** {@link ExemplarQuery} and {@link ExemplarResult}. */
final class ExemplarWire {
  private ExemplarWire() {}

  static void write(ExemplarQuery query, WireOutput out) {
    out.text(query.tenant());
    out.list(query.matcherSets(), out::matchers);
    out.bytes().putZigZag(query.minTime()).putZigZag(query.maxTime());
  }

  static ExemplarQuery readQuery(WireInput in) {
    String tenant = in.text();
    List<List<Matcher>> matcherSets = in.list(in::matchers);
    return new ExemplarQuery(tenant, matcherSets, in.bytes().readZigZag(), in.bytes().readZigZag());
  }

  static void write(ExemplarResult result, WireOutput out) {
    out.list(
        result.series(),
        series -> {
          out.labels(series.labels());
          out.list(
              series.exemplars(),
              each -> {
                out.labels(each.labels());
                out.bytes().putDouble(each.value()).putZigZag(each.time());
              });
        });
  }

  static ExemplarResult readResult(WireInput in) {
    return new ExemplarResult(
        in.list(() ->
            new SeriesExemplars(
                in.labels(),
                in.list(() ->
                    new Exemplar(in.labels(), in.bytes().readDouble(), in.bytes().readZigZag())))));
  }
}
