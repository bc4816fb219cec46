package io.lookout.ingest.openfalcon;

import io.lookout.ingest.pipeline.Reason;

/** What can be wrong with an item, by the rules of transfer. */
enum ItemProblem {
  TEXT(Reason.TEXT_VALUE, "texts are not kept"),
  NO_NAME(Reason.INVALID_LABELS, "an item needs a metric and an endpoint"),
  TOO_LONG(
      Reason.INVALID_LABELS,
      "metric and tags together are longer than " + Item.LONGEST + " characters"),
  TYPE(Reason.MALFORMED, "counterType is none of GAUGE, COUNTER, DERIVE"),
  STEP(Reason.MALFORMED, "step is no positive number"),
  VALUE(Reason.INVALID_VALUE, "the value is no number");

  private final Reason reason;
  private final String text;

  ItemProblem(Reason reason, String text) {
    this.reason = reason;
    this.text = text;
  }

  Reason reason() {
    return reason;
  }

  String text() {
    return text;
  }
}
