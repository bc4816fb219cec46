package io.lookout.sdk;

/** What became of a request. */
sealed interface Answer {
  record Taken() implements Answer {}

  /** Will never be taken: sending it again would change nothing. */
  record Refused(String why) implements Answer {}

  /**
   * May be taken later.
   *
   * @param afterMillis what the server asked for, 0 if nothing
   */
  record Later(String why, long afterMillis) implements Answer {}
}
