package io.lookout.model.bus.wire;

import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.aggregate.Wanted;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkPacker;
import io.lookout.model.chunk.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link SelectRequest} and {@link SelectResult}. Shared time columns stay shared. */
final class SelectWire {
  /** Numbered by their places. */
  private static final List<Wanted> WANTED = List.of(Wanted.values());

  private SelectWire() {}

  static void write(SelectRequest request, WireOutput out) {
    out.text(request.tenant());
    out.matchers(request.matchers());
    out.bytes()
        .putZigZag(request.minTime())
        .putZigZag(request.maxTime())
        .putVarLong(request.maxSeries())
        .putVarLong(request.maxBytes());
    SharedReadWire.write(request.shared(), out);
    out.bytes().putVarLong(WANTED.indexOf(request.wanted())).putVarLong(request.alignment());
  }

  static SelectRequest readRequest(WireInput in) {
    String tenant = in.text();
    List<Matcher> matchers = in.matchers();
    ByteReader bytes = in.bytes();
    return new SelectRequest(
        tenant,
        matchers,
        bytes.readZigZag(),
        bytes.readZigZag(),
        in.number(),
        bytes.readVarLong(),
        SharedReadWire.read(in),
        wanted(in.number()),
        bytes.readVarLong());
  }

  private static Wanted wanted(int number) {
    if (number >= WANTED.size()) {
      throw new MalformedBytesException("nothing wanted has the number " + number);
    }
    return WANTED.get(number);
  }

  static void write(SelectResult result, WireOutput out) {
    ChunkPacker packer = new ChunkPacker();
    out.list(
        result.series(),
        series -> {
          out.series(series.key());
          out.list(series.chunks(), chunk -> write(packer.packed(chunk), out));
        });
    out.text(result.cursor());
    out.list(
        result.downsampled(),
        part ->
            out.bytes()
                .putVarLong(part.resolution())
                .putZigZag(part.minTime())
                .putZigZag(part.maxTime()));
  }

  static SelectResult readResult(WireInput in) {
    List<SeriesChunks> series =
        in.list(() -> {
          SeriesKey key = in.series();
          return new SeriesChunks(key, in.list(() -> readChunk(in)));
        });
    return new SelectResult(series, in.text(), in.list(() -> readPart(in.bytes())));
  }

  private static TimePart readPart(ByteReader bytes) {
    return new TimePart(bytes.readVarLong(), bytes.readZigZag(), bytes.readZigZag());
  }

  private static void write(Chunk chunk, WireOutput out) {
    out.bytes()
        .putVarLong(chunk.count())
        .putZigZag(chunk.minTime())
        .putZigZag(chunk.maxTime() - chunk.minTime());
    out.sharedSlice(chunk.times());
    out.slice(chunk.values());
    @Nullable Slice startTimes = chunk.startTimes();
    out.flag(startTimes != null);
    if (startTimes != null) {
      out.sharedSlice(startTimes);
    }
  }

  private static Chunk readChunk(WireInput in) {
    int count = in.number();
    long minTime = in.bytes().readZigZag();
    long maxTime = minTime + in.bytes().readZigZag();
    Slice times = in.sharedSlice();
    Slice values = in.slice();
    return new Chunk(count, minTime, maxTime, times, values, in.flag() ? in.sharedSlice() : null);
  }
}
