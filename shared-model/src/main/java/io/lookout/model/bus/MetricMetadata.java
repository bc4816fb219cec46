package io.lookout.model.bus;

/**
 * What a metric family says of itself.
 *
 * @param type counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown
 */
public record MetricMetadata(String metricFamily, String type, String help, String unit) {}
