package io.lookout.ingest.pipeline;

import io.lookout.cluster.limits.Limit;
import io.lookout.cluster.limits.TenantLimits;
import io.lookout.model.Labels;
import java.util.HashMap;
import java.util.Map;

/** The {@link LabelLimits} of each tenant. */
public final class TenantLabelLimits implements SeriesStage {
  private final LabelLimits otherwise;
  private final Map<String, LabelLimits> own = new HashMap<>();

  public TenantLabelLimits(LabelLimits otherwise, TenantLimits limits) {
    this.otherwise = otherwise;
    for (String tenant : limits.tenants()) {
      own.put(
          tenant,
          new LabelLimits(
              (int) limits.of(tenant, Limit.LABEL_COUNT, otherwise.maxLabels()),
              (int) limits.of(tenant, Limit.LABEL_NAME_LENGTH, otherwise.maxNameLength()),
              (int) limits.of(tenant, Limit.LABEL_VALUE_LENGTH, otherwise.maxValueLength())));
    }
  }

  @Override
  public Verdict judge(String tenant, Labels labels) {
    return own.getOrDefault(tenant, otherwise).judge(tenant, labels);
  }
}
