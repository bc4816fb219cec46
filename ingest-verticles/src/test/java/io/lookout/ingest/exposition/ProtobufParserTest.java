package io.lookout.ingest.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.LookoutException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that protobuf-java has written. */
class ProtobufParserTest {
  private static final Map<String, Object> LABEL = Map.of("name", "a", "value", "b");
  private static final Map<String, Object> SINCE = Map.of("seconds", 1700000000L, "nanos", 5000000);
  private static final Map<String, Object> EXEMPLAR =
      Map.of("label", List.of(LABEL), "value", 0.5, "timestamp", SINCE);

  private final ProtobufParser parser = new ProtobufParser(new StringPool(), true, false);

  private static byte[] bytes(DynamicMessage... families) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      for (DynamicMessage family : families) {
        family.writeDelimitedTo(out);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static DynamicMessage family(String name, int type, Map<String, Object> metric) {
    return ClientModel.family(
        Map.of("name", name, "help", "Help.", "type", type, "metric", List.of(metric)));
  }

  private static DynamicMessage counter() {
    Map<String, Object> counter =
        Map.of("value", 7.0, "exemplar", EXEMPLAR, "created_timestamp", SINCE);
    return family(
        "hits_total",
        0,
        Map.of("label", List.of(LABEL), "counter", counter, "timestamp_ms", 1234L));
  }

  private static DynamicMessage summary() {
    Map<String, Object> quantile = Map.of("quantile", 0.5, "value", 3.0);
    return family(
        "wait",
        2,
        Map.of(
            "summary",
            Map.of("sample_count", 4L, "sample_sum", 8.5, "quantile", List.of(quantile))));
  }

  private static DynamicMessage histogram(boolean withSpans) {
    Map<String, Object> classic =
        Map.of("cumulative_count", 2L, "upper_bound", 1.0, "exemplar", EXEMPLAR);
    Map<String, Object> plain =
        Map.of("sample_count", 3L, "sample_sum", 6.0, "bucket", List.of(classic));
    Map<String, Object> spans =
        Map.of(
            "sample_count",
            3L,
            "sample_sum",
            6.0,
            "bucket",
            List.of(classic),
            "schema",
            0,
            "zero_threshold",
            0.001,
            "zero_count",
            0L,
            "positive_span",
            List.of(Map.of("offset", 0, "length", 2)),
            "positive_delta",
            List.of(2L, -1L));
    return family("size", 4, Map.of("histogram", withSpans ? spans : plain));
  }

  @Test
  void readsNumbersWithExemplarsAndStarts() {
    assertThat(Entries.of(parser, bytes(counter())))
        .containsExactly(
            "TYPE hits_total counter",
            "HELP hits_total Help.",
            "hits_total{a=\"b\"} 7.0 @1234 since 1700000000005 # {a=\"b\"} 0.5 @1700000000005");
  }

  @Test
  void makesSeriesOfSummaries() {
    assertThat(Entries.of(parser, bytes(summary())))
        .containsExactly(
            "TYPE wait summary",
            "HELP wait Help.",
            "wait{quantile=\"0.5\"} 3.0",
            "wait_count 4.0",
            "wait_sum 8.5");
  }

  @Test
  void makesSeriesOfClassicHistograms() {
    assertThat(Entries.of(parser, bytes(histogram(false))))
        .containsExactly(
            "TYPE size histogram",
            "HELP size Help.",
            "size_count 3.0",
            "size_sum 6.0",
            "size_bucket{le=\"1.0\"} 2.0 # {a=\"b\"} 0.5 @1700000000005",
            "size_bucket{le=\"+Inf\"} 3.0");
  }

  @Test
  void readsNativeHistograms() {
    assertThat(Entries.of(parser, bytes(histogram(true))))
        .containsExactly(
            "TYPE size histogram",
            "HELP size Help.",
            "size {count:3, sum:6, (0.5,1]:2, (1,2]:1} # {a=\"b\"} 0.5 @1700000000005");
  }

  @Test
  void givesClassicBucketsTooWhereBothAreWanted() {
    ProtobufParser both = new ProtobufParser(new StringPool(), true, true);
    assertThat(Entries.of(both, bytes(histogram(true)))).hasSize(7);
    ProtobufParser classic = new ProtobufParser(new StringPool(), false, false);
    assertThat(Entries.of(classic, bytes(histogram(true))))
        .isEqualTo(Entries.of(parser, bytes(histogram(false))));
  }

  @Test
  void tellsEverySeriesApart() {
    byte[] all = bytes(counter(), summary(), histogram(false));
    parser.reset(all, 0, all.length);
    List<String> names = new ArrayList<>();
    for (var entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
      if (entry == ExpositionParser.Entry.SAMPLE) {
        names.add(
            new String(parser.seriesBytes(), 0, parser.seriesTo(), StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(names).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatIsCut() {
    byte[] whole = bytes(summary());
    assertThatThrownBy(
            () -> {
              parser.reset(whole, 0, whole.length - 1);
              parser.next();
            })
        .isInstanceOf(LookoutException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void survivesMutilatedMessages(long seed) {
    Entries.survives(parser, bytes(counter(), summary(), histogram(true)), seed);
  }
}
