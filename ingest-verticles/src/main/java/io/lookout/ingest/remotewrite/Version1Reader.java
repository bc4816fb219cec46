package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;

import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.bus.MetricMetadata;

/**
 * Turns a message of remote write 1.0, {@code prometheus.WriteRequest}, into columns. Labels of
 * known series are hashed where they lie and never become strings:
 *
 * <pre>
 *  TimeSeries  │0a│len│ label │0a│len│ label │ … │12│len│ sample │ …
 *               └──────────── hashed ──────────┘       └─► batch.sample(series, time, value)
 *                    └─► SeriesIndex ─► SeriesKey
 * </pre>
 *
 * <p>Source: {@code prompb/remote.proto} and {@code types.proto} of Prometheus. Not thread-safe.
 */
final class Version1Reader {
  private static final int TIME_SERIES = 1 << 3 | LENGTH_DELIMITED;
  private static final int METADATA = 3 << 3 | LENGTH_DELIMITED;

  private static final int LABELS = 1 << 3 | LENGTH_DELIMITED;

  private final SeriesIndex index;
  private final DecodeLimits limits;
  private final ProtoReader in = new ProtoReader();
  private final SeriesBlock block;
  private final MetadataReader metadata;

  Version1Reader(SeriesIndex index, DecodeLimits limits) {
    this.index = index;
    this.limits = limits;
    this.block = new SeriesBlock(index);
    this.metadata = new MetadataReader(index.strings());
  }

  /** Reads {@code message[0..length)}. */
  Decoded read(String tenant, byte[] message, int length) {
    in.reset(message, 0, length);
    Request request =
        new Request(tenant, index.salt(tenant), countTimeSeries(), limits.maxEntries());
    block.begin();
    in.reset(message, 0, length);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case TIME_SERIES -> {
          int outer = in.enter();
          timeSeries(request);
          in.leave(outer);
        }
        case METADATA -> metadata(request);
        default -> in.skip(tag);
      }
    }
    block.flush(message, request);
    return request.decoded(length);
  }

  private void metadata(Request request) {
    request.count(1);
    MetricMetadata entry = metadata.read(in);
    if (entry != null) {
      request.batch().metadata(entry);
    }
  }

  private int countTimeSeries() {
    int count = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      in.skip(tag);
      count += tag == TIME_SERIES ? 1 : 0;
    }
    return count;
  }

  /** The fields are only counted here: labels may come after samples and in several runs. */
  private void timeSeries(Request request) {
    request.series++;
    int begin = in.position();
    skipShortLabels();
    int labelsEnd = in.position();
    if (SeriesContent.isOneSample(in.bytes(), labelsEnd, in.limit())) {
      request.count(1);
      block.add(in.bytes(), begin, labelsEnd, in.limit(), request);
      return;
    }
    boolean together = true;
    int others = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      in.skip(tag);
      if (tag != LABELS) {
        others++;
      } else if (others == 0) {
        labelsEnd = in.position();
      } else {
        together = false;
      }
    }
    request.count(Math.max(others, 1));
    if (together) {
      block.add(in.bytes(), begin, labelsEnd, in.limit(), request);
    } else {
      block.addScattered(in.bytes(), begin, in.limit(), request);
    }
  }

  /** Nearly all fields of nearly all requests: labels of less than 128 bytes. */
  private void skipShortLabels() {
    byte[] bytes = in.bytes();
    int end = in.limit();
    int p = in.position();
    int next = p;
    while (next <= end) {
      p = next;
      if (p + 1 >= end || bytes[p] != LABELS || bytes[p + 1] < 0) {
        break;
      }
      next = p + 2 + bytes[p + 1];
    }
    in.position(p);
  }
}
