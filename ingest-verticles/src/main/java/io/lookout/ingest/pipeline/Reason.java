package io.lookout.ingest.pipeline;

/** Why samples are refused before they reach a shard: values of the label {@code reason}. */
public enum Reason {
  INVALID_LABELS("invalid_labels"),
  TOO_MANY_LABELS("too_many_labels"),
  LABEL_NAME_TOO_LONG("label_name_too_long"),
  LABEL_VALUE_TOO_LONG("label_value_too_long"),
  TOO_FAR_IN_FUTURE("too_far_in_future"),
  INVALID_HISTOGRAM("invalid_histogram"),
  /** Labels that no exemplar can have; the sample that it is of counts. */
  INVALID_EXEMPLAR("invalid_exemplar"),
  /** A text where only numbers are kept: no error to its sender. */
  TEXT_VALUE("text_value"),
  /** A sum or histogram that does not say whether it is cumulative. */
  NO_TEMPORALITY("no_temporality"),
  /** A difference that comes after a later one was summed up. */
  TOO_LATE("too_late"),
  /** A value that is no number. */
  INVALID_VALUE("invalid_value"),
  /** A time that is none, or of an unknown unit. */
  INVALID_TIME("invalid_time"),
  /** More clusters of replicas than the tenant may have. */
  TOO_MANY_CLUSTERS("too_many_ha_clusters"),
  /** This one and the next two are of requests as a whole: what is in them is not known. */
  MALFORMED("malformed"),
  TOO_LARGE("too_large"),
  UNSUPPORTED("unsupported"),
  /** Storage was away for longer than a sender over bare TCP is made to wait. */
  UNAVAILABLE("unavailable"),
  /** The tenant's rate: all samples of the request are counted. */
  RATE_LIMIT("rate_limit");

  private final String label;

  Reason(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
