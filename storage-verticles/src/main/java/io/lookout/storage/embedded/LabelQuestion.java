package io.lookout.storage.embedded;

import io.lookout.model.LabelPattern;
import io.lookout.model.Matcher;
import io.lookout.model.bus.LabelQuery;
import java.util.List;
import org.apache.lucene.util.FixedBitSet;

/**
 * A question for labels and the blocks that it is about. As long as these are the same, so is the
 * answer, whatever the times that were asked for: those only say which blocks count.
 *
 * @param timeless the question without its times
 */
record LabelQuestion(LabelQuery timeless, List<Part> parts) {
  /** The blocks of one segment. */
  record Part(Object segment, FixedBitSet blocks) {}

  static LabelQuestion of(LabelQuery query, List<Part> parts) {
    return new LabelQuestion(
        new LabelQuery(
            query.kind(),
            query.tenant(),
            query.label(),
            query.matcherSets(),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            query.limit()),
        parts);
  }

  int estimatedBytes() {
    int bytes = 200;
    for (List<Matcher> matchers : timeless.matcherSets()) {
      bytes += estimatedBytes(matchers);
    }
    for (Part part : parts) {
      bytes += 64 + part.blocks.length() / 8;
    }
    return bytes;
  }

  /** Roughly what matchers take in memory: patterns take far more than their text. */
  static int estimatedBytes(List<Matcher> matchers) {
    long bytes = 0;
    for (Matcher each : matchers) {
      bytes += 128 + 32L * each.value().length();
      if (each.pattern() instanceof LabelPattern.Regex regex) {
        bytes += 128L * regex.pattern().programSize();
      }
    }
    return (int) Math.min(Integer.MAX_VALUE / 4, bytes);
  }
}
