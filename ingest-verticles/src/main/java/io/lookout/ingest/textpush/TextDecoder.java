package io.lookout.ingest.textpush;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.exposition.ExpositionParser;
import io.lookout.ingest.exposition.OpenMetricsParser;
import io.lookout.ingest.exposition.TextParser;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a pushed text into a batch. Labels that the request adds take the place of labels of the
 * same name in the text. Not thread-safe.
 */
final class TextDecoder {
  private final PointBatches batches;
  private final Origin origin;
  private final ExpositionParser parser;
  private final Map<String, MetricMetadata> families = new LinkedHashMap<>();
  private final LabelPairs written = new LabelPairs();
  private final HashValue128 addedHash;
  private final @Nullable PushedSamples pushed;

  /**
   * What a request says of its text.
   *
   * @param contentType chooses the format: OpenMetrics where it says so
   * @param added labels that every series gets
   * @param time of samples that have none, ms
   * @param timesAllowed whether samples may have times of their own
   * @param leftOut names of metrics that do not count
   */
  record Origin(
      String tenant,
      @Nullable String contentType,
      Labels added,
      long time,
      boolean timesAllowed,
      Set<String> leftOut) {}

  TextDecoder(PointBatches batches, Origin origin) {
    this(batches, origin, null);
  }

  /**
   * @param pushed gets the samples too, where there is one
   */
  TextDecoder(PointBatches batches, Origin origin, @Nullable PushedSamples pushed) {
    this.batches = batches;
    this.origin = origin;
    this.pushed = pushed;
    this.parser = parser(origin.contentType());
    byte[] added = origin.added().toString().getBytes(StandardCharsets.UTF_8);
    this.addedHash = batches.index().hash(added, 0, added.length);
  }

  private ExpositionParser parser(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (type.startsWith("application/vnd.google.protobuf")) {
      throw new LookoutException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "protobuf is not taken here: push text (text/plain; version=0.0.4) or OpenMetrics");
    }
    SeriesIndex index = batches.index();
    return type.startsWith("application/openmetrics-text")
        ? new OpenMetricsParser(index.strings())
        : new TextParser(index.strings());
  }

  /**
   * @throws LookoutException {@code BAD_DATA} with the number of the line; then nothing of the text
   *     counts
   */
  PointBatch decode(byte[] bytes, int length) {
    PointBatch batch = batches.batch(origin.tenant(), length);
    parser.reset(bytes, 0, length);
    ExpositionParser.Entry entry = parser.next();
    while (entry != ExpositionParser.Entry.END) {
      switch (entry) {
        case SAMPLE, HISTOGRAM -> sample(batch, entry == ExpositionParser.Entry.HISTOGRAM);
        case HELP, TYPE, UNIT -> describe(entry);
        case END -> {}
      }
      entry = parser.next();
    }
    families.values().forEach(batch::metadata);
    return batch;
  }

  private void describe(ExpositionParser.Entry entry) {
    String family = parser.family();
    String text = parser.text();
    MetricMetadata now =
        families.getOrDefault(family, new MetricMetadata(family, "unknown", "", ""));
    families.put(
        family,
        switch (entry) {
          case HELP -> new MetricMetadata(family, now.type(), text, now.unit());
          case UNIT -> new MetricMetadata(family, now.type(), now.help(), text);
          case TYPE, SAMPLE, HISTOGRAM, END ->
              new MetricMetadata(
                  family, text.equals("untyped") ? "unknown" : text, now.help(), now.unit());
        });
  }

  private void sample(PointBatch batch, boolean histogram) {
    if (parser.isTimed() && !origin.timesAllowed()) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "pushed metrics must not have timestamps: POST them to /api/v1/import/prometheus");
    }
    HashValue128 hash =
        batches.index().hash(parser.seriesBytes(), parser.seriesFrom(), parser.seriesTo());
    int series =
        batch.find(
            hash.getMostSignificantBits() ^ addedHash.getMostSignificantBits(),
            hash.getLeastSignificantBits()
                ^ Long.rotateLeft(addedHash.getLeastSignificantBits(), 1),
            1,
            this::labels);
    if (series == PointBatch.NONE || isLeftOut(batch.seriesKey(series))) {
      return;
    }
    long time = parser.isTimed() ? parser.time() : origin.time();
    if (histogram) {
      batch.sample(series, time, parser.histogram());
    } else {
      batch.sample(series, time, parser.value());
      if (pushed != null) {
        pushed.add(batch.seriesKey(series), parser.value());
      }
    }
    if (parser.startTime() != 0) {
      batch.startTime(parser.startTime());
    }
    for (Exemplar each : parser.exemplars()) {
      boolean timed = each.time() != Long.MIN_VALUE;
      batch.exemplar(series, timed ? each : new Exemplar(each.labels(), each.value(), time));
    }
  }

  private boolean isLeftOut(SeriesKey series) {
    return !origin.leftOut().isEmpty() && origin.leftOut().contains(series.labels().metricName());
  }

  /** What the text has said of its families. */
  Map<String, MetricMetadata> described() {
    return families;
  }

  private void labels(LabelPairs into) {
    written.clear();
    parser.labels(written);
    for (int i = 0; i < written.size(); i++) {
      if (origin.added().get(written.name(i)) == null) {
        into.add(written.name(i), written.value(i));
      }
    }
    for (Label label : origin.added()) {
      into.add(label.name(), label.value());
    }
  }
}
