package io.lookout.query.federate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FederationTest {
  private static final String MESSAGES =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
  private static final long NOW = 600_000;
  private static final long SINCE = 300_000;

  private final ChunkEncoder encoder = new ChunkEncoder();

  private SeriesChunks series(Labels labels, SampleColumns samples) {
    return new SeriesChunks(
        SeriesKey.of(SeriesKey.ANONYMOUS, labels),
        List.of(encoder.encode(samples, 0, samples.size)));
  }

  private SeriesChunks floats(Labels labels, long time, double value) {
    SampleColumns samples = new SampleColumns();
    samples.add(time, value);
    return series(labels, samples);
  }

  private SeriesChunks histogram(String job, CounterReset reset, double sum) {
    SampleColumns samples = new SampleColumns();
    samples.add(
        NOW,
        new NativeHistogram(
            1,
            reset,
            true,
            0.5,
            4,
            10,
            sum,
            List.of(new Span(-1, 2)),
            new double[] {1, 2},
            List.of(new Span(3, 1)),
            new double[] {3},
            new double[0]));
    return series(Labels.of("__name__", "m", "job", job), samples);
  }

  /** Each family and, indented, its metrics, by numbers of fields. */
  private static List<String> families(byte[] body) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(body);
    List<String> families = new ArrayList<>();
    while (!in.isAtEnd()) {
      UnknownFieldSet family = UnknownFieldSet.parseFrom(in.readBytes());
      families.add(
          family.getField(1).getLengthDelimitedList().get(0).toStringUtf8()
              + " of type "
              + family.getField(3).getVarintList().get(0));
      for (var metric : family.getField(4).getLengthDelimitedList()) {
        families.add(UnknownFieldSet.parseFrom(metric).toString());
      }
    }
    return families;
  }

  @Test
  void aNameHasAFamilyForEachTypeOfItsSeries() throws IOException {
    Federation federation = new Federation(MESSAGES, SINCE, NOW);
    federation.add(histogram("b", CounterReset.NO, 1));
    federation.add(histogram("c", CounterReset.GAUGE, 1));
    federation.add(floats(Labels.of("__name__", "m", "job", "a"), NOW, 1));
    federation.add(histogram("d", CounterReset.GAUGE, 1));
    assertThat(families(federation.body()))
        .filteredOn(line -> line.startsWith("m "))
        .containsExactly("m of type 3", "m of type 4", "m of type 5");
  }

  @Test
  void histogramsHaveCountsThatAreFloats() throws IOException {
    Federation federation = new Federation(MESSAGES, SINCE, NOW);
    federation.add(histogram("b", CounterReset.NO, 1.5));
    assertThat(families(federation.body()).get(1))
        .isEqualTo(
            """
            1: {
              1: "job"
              2: "b"
            }
            1: {
              1: "instance"
              2: {
              }
            }
            6: 600000
            7: {
              2: 0x3ff8000000000000
              4: 0x4024000000000000
              5: 2
              6: 0x3fe0000000000000
              8: 0x4010000000000000
              9: {
                1: 6
                2: 1
              }
              11: 0x4008000000000000
              12: {
                1: 1
                2: 2
              }
              14: 0x3ff0000000000000
              14: 0x4000000000000000
            }
            """);
  }

  @Test
  void textLeavesHistogramsOut() {
    Federation federation = new Federation("", SINCE, NOW);
    federation.add(histogram("b", CounterReset.NO, 1));
    assertThat(federation.body()).isEmpty();
  }

  @Test
  void whatHasEndedIsTooOldOrHasNoNameIsLeftOut() throws IOException {
    Federation federation = new Federation(MESSAGES, SINCE, NOW);
    federation.add(histogram("stale", CounterReset.UNKNOWN, SampleColumns.STALE_NAN));
    federation.add(floats(Labels.of("__name__", "stale"), NOW, SampleColumns.STALE_NAN));
    federation.add(floats(Labels.of("__name__", "old"), SINCE - 1, 1));
    federation.add(floats(Labels.of("__name__", "new"), NOW + 1, 1));
    federation.add(floats(Labels.of("job", "nameless"), NOW, 1));
    federation.add(floats(Labels.of("__name__", "kept"), SINCE, 1));
    assertThat(families(federation.body())).hasSize(2).first().isEqualTo("kept of type 3");
  }

  @Test
  void namesComeBeforeLabelsThatSortBeforeThem() {
    Federation federation = new Federation("", SINCE, NOW);
    federation.add(floats(Labels.of("__name__", "b", "A", "1", "instance", "i"), NOW, 1));
    federation.add(floats(Labels.of("__name__", "a", "A", "2", "instance", "i"), NOW, 2));
    federation.add(floats(Labels.of("__name__", "a", "A", "1", "instance", "i"), NOW, -0.0));
    assertThat(new String(federation.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            # TYPE a untyped
            a{A="1",instance="i"} 0 600000
            a{A="2",instance="i"} 2 600000
            # TYPE b untyped
            b{A="1",instance="i"} 1 600000
            """);
  }
}
