package io.lookout.ingest.exposition;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.Label;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads classic histograms as native ones with custom bounds ({@code
 * convert_classic_histograms_to_nhcb}): the samples {@code x_bucket}, {@code x_sum} and {@code
 * x_count} of the same labels, which stand together, become one histogram {@code x}. A histogram
 * that is there as a native one already stays as it is. Not thread-safe.
 *
 * <pre>
 *   x_bucket{a="b",le="0.1"} 3   ─┐
 *   x_bucket{a="b",le="+Inf"} 5   ├─► x{a="b"} {count:5, sum:7, …}
 *   x_sum{a="b"} 7                │
 *   x_count{a="b"} 5             ─┘
 * </pre>
 */
public final class ConvertedHistograms implements ExpositionParser {
  private final ExpositionParser in;
  private final boolean classicToo;
  private final LabelPairs pairs = new LabelPairs();
  private final BucketCounts counts = new BucketCounts();
  private final List<Label> groupLabels = new ArrayList<>();
  private List<Exemplar> groupExemplars = new ArrayList<>();
  private byte[] groupBytes = new byte[0];
  private String group = "";
  private String nativeGroup = "";
  private String family = "";
  private boolean classic;
  private boolean timed;
  private long time;
  private long startTime;
  private @Nullable Entry waiting;
  private @Nullable NativeHistogram converted;

  /**
   * @param classicToo whether the classic series are wanted beside
   */
  public ConvertedHistograms(ExpositionParser in, boolean classicToo) {
    this.in = in;
    this.classicToo = classicToo;
  }

  @Override
  public void reset(byte[] bytes, int from, int to) {
    in.reset(bytes, from, to);
    family = "";
    classic = false;
    nativeGroup = "";
    waiting = null;
    converted = null;
    endGroup();
  }

  @Override
  public Entry next() {
    converted = null;
    while (true) {
      Entry entry = waiting == null ? in.next() : waiting;
      waiting = null;
      String part = entry == Entry.SAMPLE && classic ? part() : "";
      String labels = part.isEmpty() ? "" : groupOf(part);
      if (!group.isEmpty() && !labels.equals(group)) {
        waiting = entry;
        converted = counts.histogram();
        endGroup();
        if (converted != null) {
          return Entry.HISTOGRAM;
        }
      } else if (part.isEmpty() || labels.equals(nativeGroup)) {
        follow(entry);
        return entry;
      } else {
        add(part, labels);
        if (classicToo) {
          return entry;
        }
      }
    }
  }

  private void follow(Entry entry) {
    if (entry == Entry.TYPE) {
      family = in.family();
      classic = in.text().equals("histogram");
      nativeGroup = "";
    } else if (entry == Entry.HISTOGRAM) {
      readPairs();
      nativeGroup = groupOf("");
    }
  }

  /** Which part of the family's histogram the sample is; empty for none. */
  private String part() {
    readPairs();
    String name = "";
    boolean bounded = false;
    for (int i = 0; i < pairs.size(); i++) {
      name = pairs.name(i).equals(Label.METRIC_NAME) ? pairs.value(i) : name;
      bounded |= pairs.name(i).equals("le");
    }
    String part = name.startsWith(family) ? name.substring(family.length()) : "";
    return switch (part) {
      case "_bucket" -> bounded ? part : "";
      case "_sum", "_count" -> bounded ? "" : part;
      default -> "";
    };
  }

  private void readPairs() {
    pairs.clear();
    in.labels(pairs);
  }

  /** The same text for samples of one histogram. */
  private String groupOf(String part) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pairs.size(); i++) {
      String name = pairs.name(i);
      if (name.equals(Label.METRIC_NAME) || (name.equals("le") && !part.isEmpty())) {
        continue;
      }
      text.append(name).append('\0').append(pairs.value(i)).append('\0');
    }
    return text.append(family).toString();
  }

  private void add(String part, String labels) {
    if (group.isEmpty()) {
      beginGroup(labels);
    }
    switch (part) {
      case "_sum" -> counts.sum(in.value());
      case "_count" -> counts.count(in.value());
      default -> counts.bucket(bound(), in.value());
    }
    timed = in.isTimed();
    time = timed ? in.time() : 0;
    startTime = in.startTime();
    groupExemplars.addAll(in.exemplars());
  }

  private double bound() {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.name(i).equals("le")) {
        try {
          return DecimalNumber.parseText(pairs.value(i));
        } catch (NumberFormatException e) {
          return Double.NaN;
        }
      }
    }
    return Double.NaN;
  }

  private void beginGroup(String labels) {
    group = labels;
    // No name of a series begins so: nothing else has these bytes.
    groupBytes = ('\0' + labels).getBytes(StandardCharsets.UTF_8);
    groupExemplars = new ArrayList<>();
    groupLabels.clear();
    groupLabels.add(new Label(Label.METRIC_NAME, family));
    for (int i = 0; i < pairs.size(); i++) {
      if (!pairs.name(i).equals(Label.METRIC_NAME) && !pairs.name(i).equals("le")) {
        groupLabels.add(new Label(pairs.name(i), pairs.value(i)));
      }
    }
  }

  private void endGroup() {
    group = "";
    counts.clear();
  }

  @Override
  public byte[] seriesBytes() {
    return converted == null ? in.seriesBytes() : groupBytes;
  }

  @Override
  public int seriesFrom() {
    return converted == null ? in.seriesFrom() : 0;
  }

  @Override
  public int seriesTo() {
    return converted == null ? in.seriesTo() : groupBytes.length;
  }

  @Override
  public void labels(LabelPairs into) {
    if (converted == null) {
      in.labels(into);
    } else {
      groupLabels.forEach(label -> into.add(label.name(), label.value()));
    }
  }

  @Override
  public double value() {
    return in.value();
  }

  @Override
  public NativeHistogram histogram() {
    return converted == null ? in.histogram() : converted;
  }

  @Override
  public boolean isTimed() {
    return converted == null ? in.isTimed() : timed;
  }

  @Override
  public long time() {
    return converted == null ? in.time() : time;
  }

  @Override
  public long startTime() {
    return converted == null ? in.startTime() : startTime;
  }

  @Override
  public List<Exemplar> exemplars() {
    return converted == null ? in.exemplars() : groupExemplars;
  }

  @Override
  public String family() {
    return in.family();
  }

  @Override
  public String text() {
    return in.text();
  }
}
