package io.lookout.query.http;

import io.lookout.model.histogram.NativeHistogram;
import java.util.List;

/**
 * An array of series with many points each, written a point at a time: floats under {@code values},
 * histograms under {@code histograms}.
 */
final class MatrixJson {
  private final List<? extends ResultSeries> series;
  private int next;
  private int point;
  private boolean inHistograms;
  private boolean open;
  private boolean any;

  MatrixJson(List<? extends ResultSeries> series) {
    this.series = series;
  }

  /** As {@link ApiData#write}. */
  boolean write(JsonBytes out) {
    if (next == 0 && !open) {
      out.raw('[');
    }
    while (next < series.size()) {
      if (!series(out, series.get(next))) {
        return true;
      }
      next++;
    }
    out.raw(']');
    return false;
  }

  /** Whether the series was finished before the buffer was full. */
  private boolean series(JsonBytes out, ResultSeries each) {
    if (!open) {
      out.raw(next > 0 ? ",{\"metric\":" : "{\"metric\":").labels(each.labels());
      open = true;
      inHistograms = false;
      begin();
    }
    boolean whole = each.mayHaveHistograms() ? mixed(out, each) : floats(out, each);
    if (!whole) {
      return false;
    }
    end(out);
    out.raw('}');
    open = false;
    return true;
  }

  /** Where all are floats, as nearly always. */
  private boolean floats(JsonBytes out, ResultSeries each) {
    int n = each.size();
    while (!any && point < n && !each.present(point)) {
      point++;
    }
    while (point < n) {
      if (out.isFull()) {
        return false;
      }
      if (!any) {
        out.raw(",\"values\":");
      }
      int from = out.size();
      point = each.writeFloats(out, point);
      if (!any) {
        out.array()[from] = '['; // Instead of the comma before each.
        any = true;
      }
    }
    return true;
  }

  private boolean mixed(JsonBytes out, ResultSeries each) {
    if (!inHistograms) {
      if (!points(out, each, false)) {
        return false;
      }
      end(out);
      inHistograms = true;
      begin();
    }
    return points(out, each, true);
  }

  private void begin() {
    point = 0;
    any = false;
  }

  private void end(JsonBytes out) {
    if (any) {
      out.raw(']');
    }
  }

  private boolean points(JsonBytes out, ResultSeries each, boolean histograms) {
    int n = each.size();
    while (point < n) {
      if (out.isFull()) {
        return false;
      }
      int i = point++;
      NativeHistogram histogram = each.present(i) ? each.histogram(i) : null;
      if (each.present(i) && (histogram != null) == histograms) {
        out.raw(any ? ",[" : histograms ? ",\"histograms\":[[" : ",\"values\":[[");
        any = true;
        each.writeTime(out, i);
        out.raw(',');
        PointJson.write(out, each.value(i), histogram);
        out.raw(']');
      }
    }
    return true;
  }
}
