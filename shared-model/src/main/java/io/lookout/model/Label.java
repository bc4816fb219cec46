package io.lookout.model;

/**
 * One label of a series. Names and values are any UTF-8 text; an empty value means that the label
 * is absent.
 */
public record Label(String name, String value) {
  /** The label that holds the metric name. */
  public static final String METRIC_NAME = "__name__";
}
