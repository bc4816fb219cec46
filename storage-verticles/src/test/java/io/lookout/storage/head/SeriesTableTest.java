package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Fingerprint;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  private static final int FINGERPRINTS = 3000;

  private final SeriesTable table = new SeriesTable();
  private final Map<Fingerprint, Series> expected = new HashMap<>();

  /** Few low bits, so that many want the same place. */
  private static Fingerprint fingerprint(int i) {
    return new Fingerprint(i, ((long) (i % 7) << 32) | (i % 50));
  }

  @Test
  void findsWhatWasAddedAndNotRemoved() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 20_000; round++) {
      Fingerprint fingerprint = fingerprint(random.nextInt(FINGERPRINTS));
      Series known = expected.get(fingerprint);
      if (known == null) {
        Series added = new Series(new SeriesKey("t", Labels.EMPTY, fingerprint), table.nextSlot());
        table.add(added);
        expected.put(fingerprint, added);
      } else if (random.nextInt(3) == 0) {
        table.remove(known);
        expected.remove(fingerprint);
      }
      if (round % 1000 == 0) {
        assertAll();
      }
    }
    assertAll();
    assertThat(table.size()).isEqualTo(expected.size());
    assertThat(table.slots()).as("slots are used again").isLessThanOrEqualTo(FINGERPRINTS);
  }

  private void assertAll() {
    for (int i = 0; i < FINGERPRINTS; i++) {
      Fingerprint fingerprint = fingerprint(i);
      Series series = expected.get(fingerprint);
      int slot = table.find(fingerprint);
      assertThat(slot).isEqualTo(series == null ? -1 : series.slot);
      if (series != null) {
        assertThat(table.at(slot)).isSameAs(series);
      }
    }
  }
}
