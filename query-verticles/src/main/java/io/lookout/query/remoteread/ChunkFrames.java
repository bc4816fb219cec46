package io.lookout.query.remoteread;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.remoteread.ReadRequest.ReadQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one query as a stream of {@code prometheus.ChunkedReadResponse}, made a part at a
 * time. A frame has chunks of one series; a series with more than one frame takes repeats its
 * labels in the next.
 *
 * <pre>
 *   length (varint) | CRC-32C of the message (4 bytes, big-endian) | message
 * </pre>
 *
 * <p>Not thread-safe.
 */
public final class ChunkFrames {
  /** As many samples as Prometheus has in a chunk. */
  private static final int CHUNK_SAMPLES = 120;

  private static final int FLOATS = 1;
  private static final int INTEGER_HISTOGRAMS = 2;
  private static final int FLOAT_HISTOGRAMS = 3;

  private final ChunkMerge merge = new ChunkMerge();
  private final BitWriter bits = new BitWriter();
  private final FloatChunk floats = new FloatChunk(bits);
  private final HistogramChunk histograms = new HistogramChunk(bits);
  private final ByteWriter part = new ByteWriter();
  private final int number;
  private final ReadQuery query;
  private final Iterator<SeriesChunks> series;
  private final int maxFrame;

  /** The frame that is being filled: fields of a {@code ChunkedSeries}. */
  private ByteString.Output frame = ByteString.newOutput();

  /**
   * @param number of the query in its request, from 0
   * @param maxFrame bytes of labels and chunks after which a frame ends
   */
  public ChunkFrames(int number, ReadQuery query, List<SeriesChunks> series, int maxFrame) {
    this.number = number;
    this.query = query;
    this.series = SeriesMessages.sorted(series).iterator();
    this.maxFrame = maxFrame;
  }

  /** Whole frames of about so many bytes or more; empty after the last. */
  public byte[] next(int bytes) {
    part.clear();
    try {
      while (part.size() < bytes && series.hasNext()) {
        add(series.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return part.toByteArray();
  }

  private void add(SeriesChunks one) throws IOException {
    SampleColumns samples = SeriesMessages.samples(merge, one, query.minTime(), query.maxTime());
    Labels labels = one.key().labels();
    int from = 0;
    while (from < samples.size) {
      begin(labels);
      int size = frame.size();
      while (from < samples.size && size < maxFrame) {
        int to = endOfChunk(samples, from);
        ByteString chunk = chunk(samples, from, to);
        CodedOutputStream out = CodedOutputStream.newInstance(frame);
        out.writeBytes(2, chunk);
        out.flush();
        size += chunk.size();
        from = to;
      }
      end();
    }
  }

  private void begin(Labels labels) throws IOException {
    frame = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(frame);
    SeriesMessages.labels(labels, out);
    out.flush();
  }

  private void end() throws IOException {
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    out.writeBytes(1, frame.toByteString());
    out.writeInt64(2, number);
    out.flush();
    byte[] bytes = message.toByteString().toByteArray();
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    part.putVarLong(bytes.length);
    part.putInt(Integer.reverseBytes((int) checksum.getValue()));
    part.putBytes(bytes, 0, bytes.length);
  }

  private static int endOfChunk(SampleColumns samples, int from) {
    int to = from + 1;
    while (to < samples.size
        && to - from < CHUNK_SAMPLES
        && together(samples.histogram(to - 1), samples.histogram(to))) {
      to++;
    }
    return to;
  }

  private static boolean together(
      @Nullable NativeHistogram before, @Nullable NativeHistogram next) {
    return (before == null || next == null)
        ? before == null && next == null
        : HistogramChunk.together(before, next);
  }

  /** The message {@code prometheus.Chunk}. */
  private ByteString chunk(SampleColumns samples, int from, int to) throws IOException {
    NativeHistogram first = samples.histogram(from);
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeInt64(1, samples.times[from]);
    out.writeInt64(2, samples.times[to - 1]);
    if (first == null) {
      out.writeEnum(3, FLOATS);
      out.writeByteArray(4, floats.encode(samples, from, to));
    } else {
      out.writeEnum(3, first.integer() ? INTEGER_HISTOGRAMS : FLOAT_HISTOGRAMS);
      out.writeByteArray(4, histograms.encode(samples, from, to));
    }
    out.flush();
    return bytes.toByteString();
  }
}
