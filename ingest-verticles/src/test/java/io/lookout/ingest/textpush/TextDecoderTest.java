package io.lookout.ingest.textpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextDecoderTest {
  private final PointBatches batches = TestBatches.batches();

  private TextDecoder decoder(String type) {
    return new TextDecoder(
        batches, new TextDecoder.Origin("t", type, Labels.of("job", "j"), 5, true, Set.of()));
  }

  @Test
  void labelsOfTheGroupWin() {
    byte[] text = "m{job=\"x\",a=\"1\"} 2\nn 3 7\n".getBytes(StandardCharsets.UTF_8);
    assertThat(TestBatches.samples(decoder("text/plain").decode(text, text.length)).toString())
        .isEqualTo("{m{a=\"1\", job=\"j\"}=2.0@5, n{job=\"j\"}=3.0@7}");
  }

  @Test
  void pathsNameGroups() {
    assertThat(GroupingKey.of("job/a%20b/x/y")).isEqualTo(Labels.of("job", "a b", "x", "y"));
    assertThat(GroupingKey.of("job@base64/YS9i/e@base64/=")).isEqualTo(Labels.of("job", "a/b"));
    assertThat(GroupingKey.of("job/a/")).isEqualTo(Labels.of("job", "a"));
    assertThat(GroupingKey.of("job/a/x/1/job/b/x/2")).isEqualTo(Labels.of("job", "a", "x", "2"));
    for (String bad :
        new String[] {
          "job", "job/", "a/b", "job/a/b", "job/a//b", "job/a/b-c/d", "job/a/__b/c", "job/%ff"
        }) {
      assertThatThrownBy(() -> GroupingKey.of(bad)).as(bad).isInstanceOf(LookoutException.class);
    }
  }

  @Test
  void survivesWhateverItIsGiven() {
    String good =
        "# TYPE m counter\n# HELP m Says.\nm_total{a=\"b\\\\c\"} 1.5 # {t=\"x\"} 1\n# EOF\n";
    for (String type : new String[] {"text/plain", "application/openmetrics-text"}) {
      TestBatches.fuzz(
          good.getBytes(StandardCharsets.UTF_8),
          9,
          10_000,
          bytes -> decoder(type).decode(bytes, bytes.length));
    }
  }
}
