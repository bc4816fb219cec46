package io.lookout.ingest.exposition;

import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the protobuf exposition format: messages {@code io.prometheus.client.MetricFamily}, each
 * after its length. A family becomes HELP, TYPE and UNIT, a metric becomes the series that the text
 * format would have, and a native histogram one series of histograms:
 *
 * <pre>
 *   length family   ─► HELP, TYPE, UNIT
 *     metric (summary)   ─► x{quantile="0.5"} …, x_sum, x_count
 *     metric (histogram) ─► x (native), and x_bucket{le="1.0"} …, x_sum, x_count
 * </pre>
 *
 * <p>Not thread-safe.
 *
 * <p>Source: {@code io/prometheus/client/metrics.proto} of the Prometheus client model.
 */
public final class ProtobufParser implements ExpositionParser {
  private static final String[] TYPES = {
    "counter", "gauge", "summary", "unknown", "histogram", "gaugehistogram"
  };

  private final StringPool strings;
  private final boolean nativeHistograms;
  private final boolean classicToo;
  private final ProtoReader outer = new ProtoReader();
  private final ProtoReader family = new ProtoReader();
  private final ProtobufMetric metric;
  private final SeriesName series = new SeriesName();

  private String name = "";
  private String type = "";
  private String help = "";
  private String unit = "";
  private int described;
  private int row;
  private String text = "";

  /**
   * @param nativeHistograms whether native histograms are wanted, in place of classic ones
   * @param classicToo whether classic buckets are wanted beside native ones
   */
  public ProtobufParser(StringPool strings, boolean nativeHistograms, boolean classicToo) {
    this.strings = strings;
    this.nativeHistograms = nativeHistograms;
    this.classicToo = classicToo;
    this.metric = new ProtobufMetric(strings);
  }

  @Override
  public void reset(byte[] bytes, int from, int to) {
    outer.reset(bytes, from, to);
    family.reset(bytes, to, to);
    metric.clear();
    row = 0;
    described = 3;
  }

  @Override
  public byte[] seriesBytes() {
    return series.bytes();
  }

  @Override
  public int seriesFrom() {
    return 0;
  }

  @Override
  public int seriesTo() {
    return series.length();
  }

  @Override
  public double value() {
    return metric.value(row - 1);
  }

  @Override
  public NativeHistogram histogram() {
    NativeHistogram histogram = metric.histogram();
    return type.equals("gaugehistogram") ? histogram.with(CounterReset.GAUGE) : histogram;
  }

  @Override
  public boolean isTimed() {
    return metric.isTimed();
  }

  @Override
  public long time() {
    return metric.time();
  }

  @Override
  public long startTime() {
    return type.equals("gaugehistogram") ? 0 : metric.startTime();
  }

  @Override
  public List<Exemplar> exemplars() {
    return metric.exemplars(row - 1);
  }

  @Override
  public String family() {
    return name;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public void labels(LabelPairs into) {
    into.add(Label.METRIC_NAME, name + metric.suffix(row - 1));
    metric.labels(into);
    String bound = metric.boundName(row - 1);
    if (!bound.isEmpty()) {
      into.add(bound, NumberText.bound(metric.bound(row - 1)));
    }
  }

  @Override
  public Entry next() {
    while (true) {
      if (described < 3) {
        Entry entry = describe();
        if (entry != Entry.END) {
          return entry;
        }
      } else if (row < metric.rows()) {
        return sample();
      } else if (family.hasMore()) {
        nextMetric();
      } else if (outer.hasMore()) {
        nextFamily();
      } else {
        return Entry.END;
      }
    }
  }

  private Entry sample() {
    int current = row++;
    series.begin(name);
    series.append(metric.suffix(current).getBytes(StandardCharsets.ISO_8859_1));
    series.append(metric.labelBytes(), 0, metric.labelLength());
    if (!metric.boundName(current).isEmpty()) {
      series.append(metric.bound(current));
    }
    return metric.isHistogram(current) ? Entry.HISTOGRAM : Entry.SAMPLE;
  }

  /** Returns END where there is nothing to say. */
  private Entry describe() {
    return switch (described++) {
      case 0 -> described(type, Entry.TYPE);
      case 1 -> described(help, Entry.HELP);
      default -> described(unit, Entry.UNIT);
    };
  }

  private Entry described(String what, Entry entry) {
    text = what;
    return what.isEmpty() ? Entry.END : entry;
  }

  /** Reads what a family says of itself; its metrics are read after that, one by one. */
  private void nextFamily() {
    int length = outer.length();
    int begin = outer.position();
    outer.position(begin + length);
    family.reset(outer.bytes(), begin, begin + length);
    name = "";
    type = TYPES[0];
    help = "";
    unit = "";
    while (family.hasMore()) {
      int tag = family.tag();
      switch (tag) {
        case 1 << 3 | LENGTH_DELIMITED -> name = string();
        case 2 << 3 | LENGTH_DELIMITED -> help = string();
        case 3 << 3 | VARINT -> type = type(family.varint());
        case 5 << 3 | LENGTH_DELIMITED -> unit = string();
        default -> family.skip(tag);
      }
    }
    if (name.isEmpty()) {
      throw new LookoutException(ErrorCode.BAD_DATA, "a metric family without a name");
    }
    family.reset(outer.bytes(), begin, begin + length);
    described = 0;
  }

  private static String type(long number) {
    if (number < 0 || number >= TYPES.length) {
      throw new LookoutException(ErrorCode.BAD_DATA, "unknown metric type " + number);
    }
    return TYPES[(int) number];
  }

  private String string() {
    int length = family.length();
    int begin = family.position();
    family.position(begin + length);
    String decoded = strings.decode(family.bytes(), begin, begin + length);
    if (decoded == null) {
      throw new LookoutException(ErrorCode.BAD_DATA, "a name or text is not UTF-8");
    }
    return decoded;
  }

  private void nextMetric() {
    int tag = family.tag();
    if (tag == (4 << 3 | LENGTH_DELIMITED)) {
      int end = family.enter();
      metric.read(family, nativeHistograms, classicToo);
      family.leave(end);
      row = 0;
    } else {
      family.skip(tag);
    }
  }
}
