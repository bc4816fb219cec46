package io.lookout.query.http;

import io.lookout.query.promql.value.Steps;

/** The times of steps as they stand in JSON. Each series repeats them; they are written once. */
final class StepTexts {
  /** Seconds of this century, perhaps with a fraction. */
  private static final int USUAL_BYTES = 14;

  private final byte[] text;

  /** Where the text of each step ends, and that of the next begins. */
  private final int[] ends;

  StepTexts(Steps steps) {
    ends = new int[steps.count()];
    JsonBytes out = new JsonBytes(USUAL_BYTES * ends.length);
    for (int i = 0; i < ends.length; i++) {
      ends[i] = out.timestamp(steps.at(i)).size();
    }
    text = out.array();
  }

  void write(JsonBytes out, int step) {
    int from = step == 0 ? 0 : ends[step - 1];
    out.raw(text, from, ends[step] - from);
  }
}
