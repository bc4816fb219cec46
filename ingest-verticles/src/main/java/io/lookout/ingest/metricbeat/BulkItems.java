package io.lookout.ingest.metricbeat;

import io.lookout.ingest.intake.Written;
import io.lookout.ingest.metricbeat.BulkItem.Problem;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.bus.WriteResult.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The actions of a request, in order, with what has become of each. What is refused after decoding
 * is not told by item: samples of the future are those of the latest items, and where nothing at
 * all was taken, no item was.
 */
record BulkItems(List<BulkItem> list) {
  BulkItems after(Written written) {
    int future = 0;
    for (Rejection each : written.rejections().list()) {
      future += each.reason().equals(Reason.TOO_FAR_IN_FUTURE.label()) ? each.samples() : 0;
    }
    String why = written.rejections().text();
    if (written.samples() == 0 && !written.rejections().isEmpty()) {
      return failed(why);
    }
    return future == 0 ? this : withoutLatest(future, why);
  }

  private BulkItems failed(String why) {
    Problem problem = new Problem(400, Problem.REFUSED, why);
    return new BulkItems(
        list.stream()
            .map(each -> each.problem() == null && each.samples() > 0 ? each.with(problem) : each)
            .toList());
  }

  private BulkItems withoutLatest(int samples, String why) {
    List<Integer> latest = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      latest.add(i);
    }
    latest.sort(Comparator.comparingLong((Integer i) -> list.get(i).time()).reversed());
    List<BulkItem> items = new ArrayList<>(list);
    int left = samples;
    for (int i = 0; i < latest.size() && left > 0; i++) {
      BulkItem item = items.get(latest.get(i));
      left -= item.samples();
      if (item.samples() > 0) {
        items.set(latest.get(i), item.with(new Problem(400, Problem.REFUSED, why)));
      }
    }
    return new BulkItems(items);
  }

  boolean anyFailed() {
    return list.stream().anyMatch(each -> each.problem() != null);
  }
}
