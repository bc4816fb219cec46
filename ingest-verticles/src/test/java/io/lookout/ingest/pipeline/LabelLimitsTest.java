package io.lookout.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import org.junit.jupiter.api.Test;

class LabelLimitsTest {
  private final LabelLimits limits = new LabelLimits(3, 20, 5);

  private Verdict judge(String... labels) {
    return limits.judge("t", Labels.of(labels));
  }

  @Test
  void whatIsWithinIsKept() {
    assertThat(judge("__name__", "x", "a", "12345")).isInstanceOf(Verdict.Keep.class);
  }

  @Test
  void theLabelOfAggregatesIsRefused() {
    assertThat(judge("__aggregate__", "sum", "__name__", "x"))
        .isEqualTo(
            new Verdict.Refuse(
                Reason.INVALID_LABELS,
                "series x{__aggregate__=\"sum\"} has label __aggregate__, which is"
                    + " Lookout's own"));
  }
}
