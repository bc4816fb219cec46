package io.lookout.query.run;

/** What becomes of a question that a storage node should answer too, but is away. */
public enum PartialAnswers {
  /** It fails: a number that lacks a part looks like any other number. */
  FAIL,
  /** It is answered with what there is, and a warning that says what is missing. */
  WARN
}
