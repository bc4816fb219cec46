package io.lookout.ingest.relay;

/** What the target says of a request. */
public sealed interface Answer {
  record Taken() implements Answer {}

  /** Would be refused for ever. */
  record Refused(String why) implements Answer {}

  /**
   * May be taken later.
   *
   * @param afterMillis what the target asks for, 0 if nothing
   */
  record Later(String why, long afterMillis) implements Answer {}
}
