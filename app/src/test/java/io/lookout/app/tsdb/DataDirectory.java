package io.lookout.app.tsdb;

import io.lookout.app.repository.Repository;
import io.lookout.model.SampleColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The data directory of a Prometheus 3.5 that is kept beside the tests, and all that is in one. */
final class DataDirectory {
  private DataDirectory() {}

  static Path kept() {
    return Repository.file("app/src/test/resources/prometheus-3.5");
  }

  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static void copy(Path to) throws IOException {
    for (Path file : files(kept())) {
      Path target = to.resolve(kept().relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.write(target, Files.readAllBytes(file));
    }
  }

  /** Metric name to its samples by time, written as text; the log comes after the blocks. */
  static Map<String, NavigableMap<Long, String>> samples(Path data) throws IOException {
    Map<String, NavigableMap<Long, String>> samples = new TreeMap<>();
    List<PrometheusBlock> blocks = PrometheusBlock.in(data);
    for (PrometheusBlock block : blocks) {
      block.<IOException>read(
          0, (number, labels, columns) -> put(samples, labels.metricName(), columns));
    }
    var head = PrometheusHead.of(data, blocks);
    if (head.isPresent()) {
      head.get()
          .<IOException>read(
              "",
              0,
              portion ->
                  portion
                      .series()
                      .forEach(each -> put(samples, each.labels().metricName(), each.samples())));
    }
    return samples;
  }

  private static void put(
      Map<String, NavigableMap<Long, String>> all, String name, SampleColumns samples) {
    NavigableMap<Long, String> series = all.computeIfAbsent(name, unknown -> new TreeMap<>());
    for (int i = 0; i < samples.size; i++) {
      var histogram = samples.histogram(i);
      series.put(
          samples.times[i],
          histogram == null ? Double.toString(samples.values[i]) : histogram.toString());
    }
  }

  /** The records of all logs, decompressed. */
  static List<byte[]> records() throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (String log : List.of("wal", "wbl")) {
      for (Path file : LogSegments.of(kept().resolve(log))) {
        try (LogSegment segment = new LogSegment(file)) {
          byte[] record = segment.next();
          while (record != null) {
            records.add(record);
            record = segment.next();
          }
        }
      }
    }
    return records;
  }
}
