package io.lookout.query.promql.value;

import io.lookout.model.Labels;
import io.lookout.model.SeriesText;
import java.util.StringJoiner;

/** Label sets as Prometheus writes them in errors: the metric name is a label among others. */
public final class LabelText {
  private LabelText() {}

  public static String of(Labels labels) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      String shown = SeriesText.isLegacyLabelName(name) ? name : SeriesText.quote(name);
      text.add(shown + "=" + SeriesText.quote(labels.value(i)));
    }
    return text.toString();
  }
}
