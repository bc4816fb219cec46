package io.lookout.ingest.pipeline;

import io.lookout.model.Labels;

/** What a stage says of a series. */
public sealed interface Verdict {
  /** It goes on, under these labels. */
  record Keep(Labels labels) implements Verdict {}

  /** It is left out on purpose: no error to its sender. */
  record Drop() implements Verdict {}

  /** It is not acceptable, and its sender is told. */
  record Refuse(Reason reason, String message) implements Verdict {}
}
