package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Valid histograms of every kind, from a seed. */
public final class RandomHistograms {
  private final SplittableRandom random;

  public RandomHistograms(long seed) {
    random = new SplittableRandom(seed);
  }

  public NativeHistogram next() {
    return random.nextInt(3) == 0 ? custom() : exponential(random.nextInt(-4, 9));
  }

  NativeHistogram exponential(int schema) {
    boolean whole = random.nextBoolean();
    List<Span> positive = spans(-40);
    List<Span> negative = random.nextBoolean() ? spans(-40) : List.of();
    double[] positives = counts(positive, whole);
    double[] negatives = counts(negative, whole);
    double zeros = random.nextBoolean() ? number(whole) : 0;
    return new NativeHistogram(
        schema,
        reset(),
        whole && random.nextBoolean(),
        random.nextBoolean() ? 0 : 0x1p-20 * random.nextInt(1, 50),
        zeros,
        zeros + total(positives) + total(negatives),
        random.nextDouble() * 1000 - 300,
        positive,
        positives,
        negative,
        negatives,
        new double[0]);
  }

  NativeHistogram custom() {
    double[] bounds = new double[random.nextInt(1, 12)];
    double bound = random.nextInt(-5, 5);
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = bound;
      bound += random.nextBoolean() ? random.nextInt(1, 5) * 0.25 : random.nextDouble() + 1e-6;
    }
    int first = random.nextInt(bounds.length);
    List<Span> spans = List.of(new Span(first, random.nextInt(1, bounds.length + 2 - first)));
    boolean whole = random.nextBoolean();
    double[] counts = counts(spans, whole);
    return new NativeHistogram(
        NativeHistogram.CUSTOM_BUCKETS_SCHEMA,
        reset(),
        whole,
        0,
        0,
        total(counts),
        random.nextDouble() * 100,
        spans,
        counts,
        List.of(),
        new double[0],
        bounds);
  }

  private CounterReset reset() {
    return List.of(CounterReset.values()).get(random.nextInt(4));
  }

  private List<Span> spans(int lowest) {
    List<Span> spans = new ArrayList<>();
    int n = random.nextInt(4);
    for (int i = 0; i < n; i++) {
      int offset = i == 0 ? random.nextInt(lowest, 40) : random.nextInt(0, 6);
      spans.add(new Span(offset, random.nextInt(1, 7)));
    }
    return spans;
  }

  private double[] counts(List<Span> spans, boolean whole) {
    int n = spans.stream().mapToInt(Span::length).sum();
    double[] counts = new double[n];
    for (int i = 0; i < n; i++) {
      counts[i] = number(whole);
    }
    return counts;
  }

  private double number(boolean whole) {
    int number = random.nextInt(0, 1000);
    return whole ? number : number / 8.0;
  }

  static double total(double[] counts) {
    double total = 0;
    for (double count : counts) {
      total += count;
    }
    return total;
  }
}
