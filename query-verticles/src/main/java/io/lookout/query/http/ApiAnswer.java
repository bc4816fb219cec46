package io.lookout.query.http;

import io.lookout.query.select.Gaps;
import java.util.ArrayList;
import java.util.List;

/** A successful answer. */
record ApiAnswer(ApiData data, List<String> warnings, List<String> infos) {
  /** With a warning for each of these. */
  ApiAnswer with(Gaps gaps) {
    List<String> texts = new ArrayList<>(warnings);
    texts.addAll(gaps.texts());
    return new ApiAnswer(data, texts, infos);
  }

  static ApiAnswer of(ApiData data) {
    return new ApiAnswer(data, List.of(), List.of());
  }

  /** With the warning that Prometheus gives where a limit cut something off. */
  static ApiAnswer of(ApiData data, boolean truncated) {
    return new ApiAnswer(
        data, truncated ? List.of("results truncated due to limit") : List.of(), List.of());
  }
}
