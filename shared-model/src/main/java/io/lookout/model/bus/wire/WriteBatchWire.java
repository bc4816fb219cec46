package io.lookout.model.bus.wire;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.chunk.NativeHistogramCodec;
import io.lookout.model.histogram.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link WriteBatch}: the table of series, then each column by itself. */
final class WriteBatchWire {
  /** Least size of a sample: series, time and value. */
  private static final int SAMPLE_BYTES = 10;

  private WriteBatchWire() {}

  static void write(WriteBatch batch, WireOutput out) {
    out.text(batch.tenant());
    out.bytes().putVarLong(batch.seriesCount());
    for (int i = 0; i < batch.seriesCount(); i++) {
      out.series(batch.series()[i]);
    }
    writeColumns(batch, out);
  }

  /** Without fingerprints, which nothing compresses: they are computed again. */
  static void writeQueued(WriteBatch batch, WireOutput out) {
    out.text(batch.tenant());
    out.bytes().putVarLong(batch.seriesCount());
    for (int i = 0; i < batch.seriesCount(); i++) {
      out.labels(batch.series()[i].labels());
    }
    writeColumns(batch, out);
  }

  static WriteBatch readQueued(WireInput in) {
    String tenant = in.text();
    return readColumns(tenant, in.list(() -> SeriesKey.of(tenant, in.labels())), in);
  }

  /** All but the tenant and the table of series. */
  static void writeColumns(WriteBatch batch, WireOutput out) {
    writeSamples(batch, out.bytes());
    writeHistograms(batch, out.bytes());
    writeStartTimes(batch, out);
    out.list(batch.exemplars(), exemplar -> write(exemplar, out));
    out.list(batch.metadata(), entry -> MetadataWire.write(entry, out));
  }

  /** Three columns: series and time as differences to the sample before, values as they are. */
  private static void writeSamples(WriteBatch batch, ByteWriter out) {
    int count = batch.sampleCount();
    out.putVarLong(count);
    int series = 0;
    for (int i = 0; i < count; i++) {
      out.putZigZag(batch.seriesOf()[i] - series);
      series = batch.seriesOf()[i];
    }
    long time = 0;
    for (int i = 0; i < count; i++) {
      out.putZigZag(batch.times()[i] - time);
      time = batch.times()[i];
    }
    for (int i = 0; i < count; i++) {
      out.putDouble(batch.values()[i]);
    }
  }

  /** How many, then each after the distance to the one before. */
  private static void writeHistograms(WriteBatch batch, ByteWriter out) {
    @Nullable NativeHistogram @Nullable [] histograms = batch.histograms();
    out.putVarLong(count(histograms, batch.sampleCount()));
    if (histograms == null) {
      return;
    }
    int before = 0;
    for (int i = 0; i < batch.sampleCount(); i++) {
      @Nullable NativeHistogram histogram = histograms[i];
      if (histogram != null) {
        out.putVarLong(i - before);
        NativeHistogramCodec.write(histogram, out);
        before = i;
      }
    }
  }

  private static int count(@Nullable NativeHistogram @Nullable [] histograms, int samples) {
    int count = 0;
    for (int i = 0; histograms != null && i < samples; i++) {
      count += histograms[i] == null ? 0 : 1;
    }
    return count;
  }

  private static void writeStartTimes(WriteBatch batch, WireOutput out) {
    long @Nullable [] startTimes = batch.startTimes();
    out.flag(startTimes != null);
    long before = 0;
    for (int i = 0; startTimes != null && i < batch.sampleCount(); i++) {
      out.bytes().putZigZag(startTimes[i] - before);
      before = startTimes[i];
    }
  }

  private static void write(SeriesExemplar item, WireOutput out) {
    out.bytes().putVarLong(item.series());
    out.labels(item.exemplar().labels());
    out.bytes().putDouble(item.exemplar().value()).putZigZag(item.exemplar().time());
  }

  static WriteBatch read(WireInput in) {
    String tenant = in.text();
    return readColumns(tenant, in.list(in::series), in);
  }

  /** What {@link #writeColumns} wrote. */
  static WriteBatch readColumns(String tenant, List<SeriesKey> series, WireInput in) {
    int count = in.bytes().readCount(SAMPLE_BYTES);
    WriteBatch.Builder batch = new WriteBatch.Builder(tenant, Math.max(count, series.size()));
    series.forEach(batch::series);
    int[] seriesOf = readSeriesOf(in.bytes(), count, series.size());
    long[] times = readTimes(in.bytes(), count);
    double[] values = readValues(in.bytes(), count);
    @Nullable NativeHistogram @Nullable [] histograms = readHistograms(in, count);
    boolean startTimes = in.flag();
    long startTime = 0;
    for (int i = 0; i < count; i++) {
      @Nullable NativeHistogram histogram = histograms == null ? null : histograms[i];
      if (histogram == null) {
        batch.sample(seriesOf[i], times[i], values[i]);
      } else {
        batch.sample(seriesOf[i], times[i], histogram);
      }
      if (startTimes) {
        startTime += in.bytes().readZigZag();
        batch.startTime(startTime);
      }
    }
    in.list(() -> readExemplar(in, series.size()))
        .forEach(item -> batch.exemplar(item.series(), item.exemplar()));
    in.list(() -> MetadataWire.read(in)).forEach(batch::metadata);
    return batch.build();
  }

  private static int[] readSeriesOf(ByteReader in, int count, int seriesCount) {
    int[] seriesOf = new int[count];
    long series = 0;
    for (int i = 0; i < count; i++) {
      series += in.readZigZag();
      seriesOf[i] = index(series, seriesCount);
    }
    return seriesOf;
  }

  private static int index(long series, int seriesCount) {
    if (series < 0 || series >= seriesCount) {
      throw new MalformedBytesException("sample of series " + series + " of " + seriesCount);
    }
    return (int) series;
  }

  private static long[] readTimes(ByteReader in, int count) {
    long[] times = new long[count];
    long time = 0;
    for (int i = 0; i < count; i++) {
      time += in.readZigZag();
      times[i] = time;
    }
    return times;
  }

  private static double[] readValues(ByteReader in, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  private static @Nullable NativeHistogram @Nullable [] readHistograms(
      WireInput in, int sampleCount) {
    int count = in.bytes().readCount(2);
    if (count == 0) {
      return null;
    }
    @Nullable NativeHistogram[] histograms = new NativeHistogram[sampleCount];
    long sample = 0;
    for (int i = 0; i < count; i++) {
      sample += in.number();
      if (sample >= sampleCount) {
        throw new MalformedBytesException("histogram of sample " + sample + " of " + sampleCount);
      }
      histograms[(int) sample] = NativeHistogramCodec.read(in.bytes());
    }
    return histograms;
  }

  private static SeriesExemplar readExemplar(WireInput in, int seriesCount) {
    int series = index(in.number(), seriesCount);
    Labels labels = in.labels();
    return new SeriesExemplar(
        series, new Exemplar(labels, in.bytes().readDouble(), in.bytes().readZigZag()));
  }
}
