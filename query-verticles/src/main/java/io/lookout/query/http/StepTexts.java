package io.lookout.query.http;

import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The times of steps as they stand in JSON, with what is around them: {@code ,[1700000000,"}. Each
 * series repeats them; they are written once.
 */
final class StepTexts {
  /** Points that are written before it is looked whether that is enough. */
  private static final int AT_A_TIME = 64;

  private static final int BEFORE_TIME = 2;
  private static final int AFTER_TIME = 2;

  /** Texts are copied in whole longs, whatever is behind their ends. */
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final byte[] texts;
  private final int[] lengths;

  /** Bytes from one text to the next: as many as the longest takes in longs. */
  private final int stride;

  StepTexts(Steps steps) {
    int n = steps.count();
    JsonBytes out = new JsonBytes(2 * Long.BYTES * n);
    lengths = new int[n];
    int longest = 0;
    for (int i = 0; i < n; i++) {
      int from = out.size();
      lengths[i] = out.raw(",[").timestamp(steps.at(i)).raw(",\"").size() - from;
      longest = Math.max(longest, lengths[i]);
    }
    stride = (longest + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    texts = new byte[stride * n];
    int from = 0;
    for (int i = 0; i < n; i++) {
      System.arraycopy(out.array(), from, texts, stride * i, lengths[i]);
      from += lengths[i];
    }
  }

  /** The time alone. */
  void write(JsonBytes out, int step) {
    out.raw(texts, stride * step + BEFORE_TIME, lengths[step] - BEFORE_TIME - AFTER_TIME);
  }

  /** As {@link ResultSeries#writeFloats}, of the values at the steps. */
  int writeFloats(JsonBytes out, double[] values, int from) {
    int to = Math.min(values.length, from + AT_A_TIME);
    byte[] bytes = out.room((to - from) * (stride + FloatDigits.LONGEST + 2));
    int at = out.size();
    for (int i = from; i < to; i++) {
      if (!SeriesSteps.isAbsent(values[i])) {
        copy(i, bytes, at);
        at = out.floats().write(values[i], bytes, at + lengths[i]);
        bytes[at] = '"';
        bytes[at + 1] = ']';
        at += 2;
      }
    }
    out.writtenTo(at);
    return to;
  }

  private void copy(int step, byte[] bytes, int at) {
    int from = stride * step;
    for (int i = 0; i < stride; i += Long.BYTES) {
      LONG.set(bytes, at + i, (long) LONG.get(texts, from + i));
    }
  }
}
