package io.lookout.query.http;

import java.util.List;

/** A successful answer. */
record ApiAnswer(ApiData data, List<String> warnings, List<String> infos) {
  static ApiAnswer of(ApiData data) {
    return new ApiAnswer(data, List.of(), List.of());
  }

  /** With the warning that Prometheus gives where a limit cut something off. */
  static ApiAnswer of(ApiData data, boolean truncated) {
    return new ApiAnswer(
        data, truncated ? List.of("results truncated due to limit") : List.of(), List.of());
  }
}
