package io.lookout.app.transfer;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.query.remoteread.ChunkReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.xerial.snappy.Snappy;

/**
 * Reads series by Prometheus's remote read: as a stream of chunks, of which a frame is in memory at
 * a time, or as one answer of samples where the other side knows nothing else.
 */
final class RemoteReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LARGEST_FRAME = 256 << 20;
  private static final int LENGTH = WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int VARINT = WireFormat.WIRETYPE_VARINT;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;
  private final String tenant;

  /** Takes samples of a series, in the order of time; a long series comes in several parts. */
  @FunctionalInterface
  interface Series {
    void take(Labels labels, SampleColumns samples) throws IOException, ImportException;
  }

  /**
   * @param url of remote read itself
   * @param tenant empty for the one without a name
   */
  RemoteReader(URI url, String tenant) {
    this.url = url;
    this.tenant = tenant;
  }

  /** All samples in [from, to], ms, of the series that match. */
  void read(List<Matcher> matchers, long from, long to, Series series) throws ImportException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Read-Version", "0.1.0");
    if (!tenant.isEmpty()) {
      request.header("X-Scope-OrgID", tenant);
    }
    try {
      byte[] body = Snappy.compress(message(matchers, from, to));
      HttpResponse<InputStream> answer =
          client.send(
              request.POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        answered(answer, in, from, to, series);
      }
    } catch (IOException | LookoutException e) {
      throw new ImportException(url + " cannot be read: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException("interrupted");
    }
  }

  private void answered(
      HttpResponse<InputStream> answer, InputStream in, long from, long to, Series series)
      throws IOException, ImportException {
    if (answer.statusCode() / 100 != 2) {
      String text = new String(in.readNBytes(1000), StandardCharsets.UTF_8);
      throw new ImportException(url + " answers " + answer.statusCode() + " " + text.strip());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith("application/x-streamed-protobuf")) {
      frames(new DataInputStream(in), from, to, series);
    } else {
      samples(CodedInputStream.newInstance(Snappy.uncompress(in.readAllBytes())), series);
    }
  }

  /** {@code prometheus.ReadRequest}: one query, chunks rather than samples. */
  private static byte[] message(List<Matcher> matchers, long from, long to) throws IOException {
    ByteString.Output query = ByteString.newOutput();
    CodedOutputStream fields = CodedOutputStream.newInstance(query);
    fields.writeInt64(1, from);
    fields.writeInt64(2, to);
    for (Matcher matcher : matchers) {
      fields.writeBytes(3, message(matcher));
    }
    fields.flush();
    ByteString.Output request = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(request);
    out.writeBytes(1, query.toByteString());
    out.writeEnum(2, 1);
    out.writeEnum(2, 0);
    out.flush();
    return request.toByteString().toByteArray();
  }

  private static ByteString message(Matcher matcher) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeEnum(1, number(matcher.type()));
    out.writeString(2, matcher.name());
    out.writeString(3, matcher.value());
    out.flush();
    return bytes.toByteString();
  }

  /** Of {@code prometheus.LabelMatcher.Type}. */
  private static int number(Matcher.Type type) {
    return switch (type) {
      case EQUAL -> 0;
      case NOT_EQUAL -> 1;
      case REGEX -> 2;
      case NOT_REGEX -> 3;
    };
  }

  /** length (varint) | CRC-32C (4 bytes) | {@code prometheus.ChunkedReadResponse}, repeated. */
  private static void frames(DataInputStream in, long from, long to, Series series)
      throws IOException, ImportException {
    int first = in.read();
    while (first >= 0) {
      int length = CodedInputStream.readRawVarint32(first, in);
      if (length < 0 || length > LARGEST_FRAME) {
        throw new IOException("a frame of " + length + " bytes");
      }
      int expected = in.readInt();
      byte[] frame = in.readNBytes(length);
      CRC32C sum = new CRC32C();
      sum.update(frame);
      if (frame.length < length) {
        throw new EOFException("the answer ends early");
      }
      if ((int) sum.getValue() != expected) {
        throw new IOException("a frame is damaged");
      }
      for (ByteString each : all(ByteString.copyFrom(frame), 1)) {
        chunkedSeries(each, from, to, series);
      }
      first = in.read();
    }
  }

  private static void chunkedSeries(ByteString message, long from, long to, Series series)
      throws IOException, ImportException {
    SampleColumns samples = new SampleColumns();
    for (ByteString chunk : all(message, 2)) {
      CodedInputStream in = chunk.newCodedInput();
      int encoding = 0;
      byte[] data = {};
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag) {
          case 3 << 3 | VARINT -> encoding = in.readEnum();
          case 4 << 3 | LENGTH -> data = in.readByteArray();
          default -> in.skipField(tag);
        }
      }
      ChunkReader.read(encoding, data, samples);
    }
    SampleColumns wanted = between(samples, from, to);
    if (wanted.size > 0) {
      series.take(labels(message), wanted);
    }
  }

  private static SampleColumns between(SampleColumns samples, long from, long to) {
    SampleColumns wanted = new SampleColumns(Math.max(1, samples.size));
    for (int i = 0; i < samples.size; i++) {
      if (samples.times[i] >= from && samples.times[i] <= to) {
        ChunkMerge.append(samples, i, wanted);
      }
    }
    return wanted;
  }

  /** {@code prometheus.ReadResponse}: without native histograms. */
  private static void samples(CodedInputStream in, Series series)
      throws IOException, ImportException {
    for (ByteString result : all(in.readTag() == 0 ? ByteString.EMPTY : in.readBytes(), 1)) {
      if (!all(result, 4).isEmpty()) {
        throw new IOException(
            "it has native histograms, but does not stream chunks, as is needed for these");
      }
      SampleColumns samples = new SampleColumns();
      for (ByteString sample : all(result, 2)) {
        CodedInputStream fields = sample.newCodedInput();
        double value = 0;
        long time = 0;
        for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
          switch (tag) {
            case 1 << 3 | WireFormat.WIRETYPE_FIXED64 -> value = fields.readDouble();
            case 2 << 3 | VARINT -> time = fields.readInt64();
            default -> fields.skipField(tag);
          }
        }
        samples.add(time, value);
      }
      if (samples.size > 0) {
        series.take(labels(result), samples);
      }
    }
  }

  private static Labels labels(ByteString series) throws IOException {
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    for (ByteString label : all(series, 1)) {
      labels.set(text(label, 1), text(label, 2));
    }
    return labels.build();
  }

  private static String text(ByteString message, int field) throws IOException {
    List<ByteString> all = all(message, field);
    return all.isEmpty() ? "" : all.getLast().toStringUtf8();
  }

  /** All values of a field of messages, text or bytes. */
  private static List<ByteString> all(ByteString message, int field) throws IOException {
    List<ByteString> values = new ArrayList<>();
    CodedInputStream in = message.newCodedInput();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == (field << 3 | LENGTH)) {
        values.add(in.readBytes());
      } else {
        in.skipField(tag);
      }
    }
    return values;
  }

  @Override
  public void close() {
    client.close();
  }
}
