package io.lookout.benchmarks;

import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.remotewrite.Announced;
import io.lookout.ingest.remotewrite.RemoteWriteDecoder;
import io.lookout.ingest.remotewrite.WireVersion;
import io.lookout.ingest.route.RouteTable;
import io.lookout.ingest.route.Split;
import io.lookout.ingest.series.SeriesAdmission;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.series.SeriesCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xerial.snappy.Snappy;

/**
 * What it costs to decode one sample of a remote write request, decompression included: known
 * series, nine labels, one sample each, as Prometheus sends them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RemoteWriteDecodeBenchmark {
  private static final Announced SNAPPY = new Announced(WireVersion.V1, ContentCoding.SNAPPY);
  private static final int BATCH = 2500;
  private static final long TIME = 1_767_323_045_000L;

  private static final RouteTable TWO = RouteTable.of(List.of(new StorageNode("node", 2)));

  /** How many series there are in all: requests take turns. */
  @Param({"10000", "100000"})
  public int series = 10_000;

  private RemoteWriteDecoder decoder =
      new RemoteWriteDecoder(
          new SeriesIndex(
              new SeriesCache(1 << 19),
              new StringPool(),
              new SeriesAdmission(new LabelLimits(128, 1024, 8192)),
              42),
          new DecodeLimits(1 << 27, 500_000));
  private byte[][] bodies = new byte[0][];
  private int next;

  @Setup
  public void setUp() throws IOException {
    bodies = new byte[series / BATCH][];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = Snappy.compress(request(i * BATCH, random));
    }
    for (byte[] body : bodies) {
      decoder.decode(SNAPPY, "anonymous", body, body.length);
    }
  }

  private static byte[] request(int first, SplittableRandom random) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (int i = first; i < first + BATCH; i++) {
      ByteArrayOutputStream series = new ByteArrayOutputStream();
      label(series, "__name__", "node_network_receive_bytes_total_" + i % 200);
      label(series, "cluster", "production-eu-1");
      label(series, "device", "eth" + i % 8);
      label(series, "env", "production");
      label(series, "family", "network");
      label(series, "instance", "node-%04d.example.net:9100".formatted(i / 1000));
      label(series, "job", "node");
      label(series, "series", Integer.toString(i));
      label(series, "zone", "eu-central-1" + (char) ('a' + i % 3));
      field(series, 0x12, sample(random.nextInt(100_000) / 100.0));
      field(request, 0x0a, series.toByteArray());
    }
    return request.toByteArray();
  }

  private static void label(ByteArrayOutputStream series, String name, String value) {
    ByteArrayOutputStream label = new ByteArrayOutputStream();
    field(label, 0x0a, name.getBytes(StandardCharsets.UTF_8));
    field(label, 0x12, value.getBytes(StandardCharsets.UTF_8));
    field(series, 0x0a, label.toByteArray());
  }

  private static byte[] sample(double value) {
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.write(0x09);
    sample.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    sample.write(0x10);
    varint(sample, TIME);
    return sample.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Decoded decode() {
    byte[] body = bodies[next];
    next = (next + 1) % bodies.length;
    return decoder.decode(SNAPPY, "anonymous", body, body.length);
  }

  /** The same as batches for two shards: all that ingest does with a request but for its stages. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<Split.Part> decodeAndRoute() {
    return Split.of(decode().batch(), TWO);
  }
}
