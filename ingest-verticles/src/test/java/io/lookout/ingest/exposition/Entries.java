package io.lookout.ingest.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.Exemplar;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a parser reads, as texts; and what it makes of damaged input. */
final class Entries {
  private Entries() {}

  static List<String> of(ExpositionParser parser, byte[] bytes) {
    List<String> entries = new ArrayList<>();
    parser.reset(bytes, 0, bytes.length);
    while (true) {
      switch (parser.next()) {
        case SAMPLE -> entries.add(sample(parser, Double.toString(parser.value())));
        case HISTOGRAM -> entries.add(sample(parser, parser.histogram().toString()));
        case HELP -> entries.add("HELP " + parser.family() + " " + parser.text());
        case TYPE -> entries.add("TYPE " + parser.family() + " " + parser.text());
        case UNIT -> entries.add("UNIT " + parser.family() + " " + parser.text());
        case END -> {
          return entries;
        }
      }
    }
  }

  private static String sample(ExpositionParser parser, String value) {
    LabelPairs labels = new LabelPairs();
    parser.labels(labels);
    assertThat(labels.problemOfNames()).isNull();
    StringBuilder text = new StringBuilder(labels.build() + " " + value);
    text.append(parser.isTimed() ? " @" + parser.time() : "");
    text.append(parser.startTime() != 0 ? " since " + parser.startTime() : "");
    for (Exemplar each : parser.exemplars()) {
      text.append(" # ").append(each.labels()).append(' ').append(each.value());
      text.append(each.time() == Long.MIN_VALUE ? "" : " @" + each.time());
    }
    return text.toString();
  }

  /** Changes bytes at random; the parser reads or refuses, and nothing else happens. */
  static void survives(ExpositionParser parser, byte[] original, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = original.clone();
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(-128, 128);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
      refused += isRefused(parser, bytes, length) ? 1 : 0;
    }
    assertThat(refused).isBetween(1000, 20_000);
  }

  private static boolean isRefused(ExpositionParser parser, byte[] bytes, int length) {
    try {
      parser.reset(bytes, 0, length);
      for (var entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
        if (entry == ExpositionParser.Entry.SAMPLE) {
          parser.labels(new LabelPairs());
        }
      }
      return false;
    } catch (LookoutException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA);
      return true;
    }
  }
}
