package io.lookout.sample;

import io.lookout.plugin.ExporterPlugin;
import io.lookout.plugin.Samples;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Appends accepted samples to a file, a line each: tenant, series, time, value.
 *
 * <pre>
 * # csv-file.properties
 * file = /var/tmp/samples.csv
 * </pre>
 */
public final class CsvFile implements ExporterPlugin {
  private Path file = Path.of("samples.csv");

  @Override
  public String name() {
    return "csv-file";
  }

  @Override
  public void start(Map<String, String> settings) {
    String path = settings.get("file");
    if (path == null) {
      throw new IllegalArgumentException("csv-file.properties must set file");
    }
    file = Path.of(path);
  }

  @Override
  public void export(Samples samples) throws IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < samples.size(); i++) {
        String series = samples.labels(i).toString().replace("\"", "\"\"");
        out.write(samples.tenant() + ",\"" + series + "\",");
        out.write(samples.time(i) + "," + samples.value(i));
        out.newLine();
      }
    }
  }
}
