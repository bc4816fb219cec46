package io.lookout.ingest.otlp;

import java.util.List;

/**
 * How OpenTelemetry's metrics become series: what Prometheus has in the section {@code otlp} of its
 * configuration.
 *
 * @param scopes whether name, version, schema and attributes of a scope become labels
 * @param keepIdentifying whether {@code target_info} also has the attributes that make up {@code
 *     job} and {@code instance}
 * @param customBuckets whether explicit buckets become native histograms with custom bounds
 */
public record Translation(
    NamingStrategy naming,
    Promotion promotion,
    boolean scopes,
    boolean keepIdentifying,
    boolean customBuckets) {
  /** As Prometheus does where nothing is configured. */
  public static final Translation USUAL =
      new Translation(
          NamingStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
          new Promotion(false, List.of()),
          false,
          false,
          false);

  /**
   * Which attributes of a resource become labels of its series.
   *
   * @param all whether all do but those that are listed; otherwise only those do
   */
  public record Promotion(boolean all, List<String> listed) {
    public Promotion {
      listed = List.copyOf(listed);
    }

    boolean takes(String attribute) {
      return listed.contains(attribute) != all;
    }
  }
}
