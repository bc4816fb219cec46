package io.lookout.ingest.kafka;

import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.compress.Decompressor;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.kafka.KafkaSourceSettings.Format;
import io.lookout.ingest.remotewrite.Announced;
import io.lookout.ingest.remotewrite.ContentType;
import io.lookout.ingest.remotewrite.RemoteWriteDecoder;
import io.lookout.ingest.remotewrite.WireVersion;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of others into samples. What a record is, is said by its headers, which are those
 * of the HTTP requests of the same bodies; without them, by the settings. Not thread-safe.
 */
final class RecordDecoder {
  private final KafkaSourceSettings settings;
  private final DecodeLimits limits;
  private final RemoteWriteDecoder remoteWrite;
  private final JsonSamplesDecoder json;
  private final Decompressor decompressor = new Decompressor();

  RecordDecoder(SeriesIndex index, DecodeLimits limits, KafkaSourceSettings settings) {
    this.settings = settings;
    this.limits = limits;
    remoteWrite = new RemoteWriteDecoder(index, limits);
    json = new JsonSamplesDecoder(new PointBatches(index, limits));
  }

  /**
   * The samples of a record.
   *
   * @throws LookoutException {@code BAD_DATA} for what is not what it is said to be, {@code
   *     TOO_LARGE} beyond the limits, {@code UNSUPPORTED_MEDIA_TYPE} for headers that say something
   *     else
   */
  Decoded decode(Headers headers, byte @Nullable [] value) {
    if (value == null) {
      throw new LookoutException(ErrorCode.BAD_DATA, "the record has no value");
    }
    String named = RecordHeaders.text(headers, RecordHeaders.TENANT);
    String tenant = named == null || named.isEmpty() ? settings.tenant() : Tenants.checked(named);
    Format format = format(RecordHeaders.text(headers, RecordHeaders.CONTENT_TYPE));
    ContentCoding coding =
        ContentCoding.of(
            RecordHeaders.text(headers, RecordHeaders.CONTENT_ENCODING),
            settings.coding(format),
            ContentCoding.ALL);
    return switch (format) {
      case REMOTE_WRITE -> remoteWrite(WireVersion.V1, coding, tenant, value);
      case REMOTE_WRITE_2 -> remoteWrite(WireVersion.V2, coding, tenant, value);
      case JSON -> {
        int length = decompressor.decompress(coding, value, value.length, limits.maxBytes());
        yield json.decode(tenant, decompressor.buffer(), length).decoded(length);
      }
    };
  }

  private Decoded remoteWrite(
      WireVersion version, ContentCoding coding, String tenant, byte[] value) {
    return remoteWrite.decode(new Announced(version, coding), tenant, value, value.length);
  }

  private Format format(@Nullable String type) {
    if (type == null || type.isBlank()) {
      return settings.format();
    }
    if (type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      return Format.JSON;
    }
    return switch (ContentType.version(type)) {
      case V1 -> Format.REMOTE_WRITE;
      case V2 -> Format.REMOTE_WRITE_2;
    };
  }
}
