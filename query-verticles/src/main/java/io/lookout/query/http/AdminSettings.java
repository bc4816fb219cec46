package io.lookout.query.http;

import io.lookout.cluster.settings.Setting;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/** What an operator can set of the endpoints that change data. */
public record AdminSettings(
    @Setting(
            name = "admin.api.enabled",
            defaultValue = "false",
            help =
                "Whether /api/v1/admin/ deletes series, makes snapshots and forgets storage nodes; who"
                    + " can reach the port can, then.")
        boolean enabled) {
  /**
   * @throws LookoutException with {@code UNAVAILABLE}, as Prometheus answers, where it is not
   */
  void checkEnabled() {
    if (!enabled) {
      throw new LookoutException(ErrorCode.UNAVAILABLE, "admin APIs disabled");
    }
  }
}
