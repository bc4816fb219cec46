package io.lookout.query.http;

import io.lookout.query.promql.exec.OperatorReport;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.run.QueryAnswer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * What {@code explain=true} asks for: the plan of the query with what each operator did, what was
 * fetched, and how long the parts took, in seconds. An extension: Prometheus has nothing like it.
 */
final class ExplainJson {
  private static final int NANO_DIGITS = 9;

  private final JsonBytes out = new JsonBytes();

  private ExplainJson() {}

  static String of(QueryAnswer answer, OperatorReport root) {
    ExplainJson json = new ExplainJson();
    json.answer(answer, root);
    return new String(json.out.array(), 0, json.out.size(), StandardCharsets.UTF_8);
  }

  private void answer(QueryAnswer answer, OperatorReport root) {
    out.raw("{\"plan\":");
    operator(root);
    out.raw(",\"selections\":[");
    String separator = "";
    for (Selection each : answer.plan().selections()) {
      out.raw(separator).raw("{\"matchers\":").string(each.matchers().toString());
      out.raw(",\"start\":").timestamp(each.minTime());
      out.raw(",\"end\":").timestamp(each.maxTime()).raw('}');
      separator = ",";
    }
    out.raw("],\"samplesRead\":").raw(Long.toString(answer.result().samplesRead()));
    seconds(",\"queuedSeconds\":", answer.queuedNanos());
    seconds(",\"fetchSeconds\":", answer.fetchNanos());
    seconds(",\"evaluationSeconds\":", answer.evalNanos());
    out.raw('}');
  }

  private void operator(OperatorReport report) {
    out.raw("{\"operator\":").string(report.operator());
    out.raw(",\"series\":").raw(Long.toString(report.series()));
    out.raw(",\"samples\":").raw(Long.toString(report.samples()));
    out.raw(",\"samplesLoaded\":").raw(Long.toString(report.samplesLoaded()));
    seconds(",\"seconds\":", report.nanos());
    out.raw(",\"children\":[");
    String separator = "";
    for (OperatorReport input : report.inputs()) {
      out.raw(separator);
      operator(input);
      separator = ",";
    }
    out.raw("]}");
  }

  private void seconds(String member, long nanos) {
    out.raw(member).raw(BigDecimal.valueOf(nanos, NANO_DIGITS).toPlainString());
  }
}
