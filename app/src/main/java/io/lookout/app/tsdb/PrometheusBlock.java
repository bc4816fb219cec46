package io.lookout.app.tsdb;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block in the data directory of a Prometheus.
 *
 * @param directory whose name is the block's
 * @param minTime ms, inclusive
 * @param maxTime ms, exclusive
 * @param samples as the block says
 * @param outOfOrder whether it was made of samples that came late: then the samples of its time are
 *     not all in blocks yet
 */
public record PrometheusBlock(
    Path directory, long minTime, long maxTime, long samples, boolean outOfOrder) {

  /** Takes a series with its samples of the block, in the order of time. */
  @FunctionalInterface
  public interface Series<E extends Exception> {
    /**
     * @param number of the series in the block, from 0
     */
    void take(long number, Labels labels, SampleColumns samples) throws IOException, E;
  }

  /** The blocks of a data directory or of a snapshot, the oldest first. */
  public static List<PrometheusBlock> in(Path data) throws IOException {
    List<PrometheusBlock> blocks = new ArrayList<>();
    try (Stream<Path> children = Files.list(data)) {
      for (Path child : children.sorted().toList()) {
        if (Files.exists(child.resolve("meta.json")) && Files.exists(child.resolve("index"))) {
          blocks.add(of(child));
        }
      }
    }
    blocks.sort(Comparator.comparingLong(PrometheusBlock::minTime));
    return blocks;
  }

  private static PrometheusBlock of(Path directory) throws IOException {
    Path file = directory.resolve("meta.json");
    try {
      JsonObject meta = new JsonObject(Files.readString(file));
      JsonObject stats = object(meta, "stats");
      JsonObject compaction = object(meta, "compaction");
      JsonArray hints = compaction.getJsonArray("hints", new JsonArray());
      return new PrometheusBlock(
          directory,
          number(meta, "minTime"),
          number(meta, "maxTime"),
          number(stats, "numSamples"),
          hints != null && hints.contains("from-out-of-order"));
    } catch (DecodeException | ClassCastException e) {
      throw new IOException(file + " is not what Prometheus writes: " + e.getMessage(), e);
    }
  }

  private static JsonObject object(JsonObject parent, String name) {
    JsonObject child = parent.getJsonObject(name);
    return child == null ? new JsonObject() : child;
  }

  private static long number(JsonObject parent, String name) {
    Long number = parent.getLong(name);
    return number == null ? 0 : number;
  }

  public String name() {
    return directory.getFileName().toString();
  }

  /**
   * Reads the series from this number on. Bytes that are not what Prometheus writes fail with
   * {@link io.lookout.model.LookoutException}.
   */
  public <E extends Exception> void read(long from, Series<E> series) throws IOException, E {
    Tombstones tombstones = Tombstones.of(directory.resolve("tombstones"));
    try (BlockIndex index = new BlockIndex(directory.resolve("index"));
        ChunkFiles chunks = new ChunkFiles(directory.resolve("chunks"))) {
      long number = 0;
      BlockIndex.Entry entry = index.next();
      while (entry != null) {
        if (number >= from) {
          series.take(number, entry.labels(), samples(entry, chunks, tombstones));
        }
        number++;
        entry = index.next();
      }
    }
  }

  private static SampleColumns samples(
      BlockIndex.Entry entry, ChunkFiles chunks, Tombstones tombstones) throws IOException {
    SampleColumns samples = new SampleColumns(128);
    for (BlockIndex.ChunkPlace chunk : entry.chunks()) {
      chunks.read(chunk.reference(), samples);
    }
    return tombstones.left(entry.id(), samples);
  }
}
