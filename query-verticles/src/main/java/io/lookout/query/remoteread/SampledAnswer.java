package io.lookout.query.remoteread;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.query.remoteread.ReadRequest.ReadQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * {@code prometheus.ReadResponse}: one message with the samples of all queries. Not thread-safe.
 */
public final class SampledAnswer {
  private final ChunkMerge merge = new ChunkMerge();
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
  private final long maxSamples;
  private final long maxBytes;
  private long samples;

  /**
   * @param maxSamples over all queries
   * @param maxBytes before compression, over all queries
   */
  public SampledAnswer(long maxSamples, long maxBytes) {
    this.maxSamples = maxSamples;
    this.maxBytes = maxBytes;
  }

  /**
   * Adds the answer to the next query.
   *
   * @throws LookoutException with {@code BAD_DATA}, as Prometheus has it, beyond a limit
   */
  public void add(ReadQuery query, List<SeriesChunks> series) {
    try {
      ByteString.Output result = ByteString.newOutput();
      CodedOutputStream fields = CodedOutputStream.newInstance(result);
      for (SeriesChunks each : SeriesMessages.sorted(series)) {
        SampleColumns wanted =
            SeriesMessages.samples(merge, each, query.minTime(), query.maxTime());
        if (wanted.size > 0) {
          count(wanted.size);
          fields.writeBytes(1, SeriesMessages.timeSeries(each.key().labels(), wanted));
          checkBytes((long) bytes.size() + result.size());
        }
      }
      fields.flush();
      out.writeBytes(1, result.toByteString());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(int more) {
    samples += more;
    if (samples > maxSamples) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "exceeded sample limit (" + maxSamples + "), the setting query.read.samples.max");
    }
  }

  private void checkBytes(long size) {
    if (size > maxBytes) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "the answer has more than query.read.bytes.max ("
              + maxBytes
              + ") bytes: ask for less, or for a stream of chunks");
    }
  }

  /** The whole answer, compressed with snappy. */
  public byte[] toByteArray() {
    return SnappyBody.compress(bytes.toByteString().toByteArray());
  }
}
