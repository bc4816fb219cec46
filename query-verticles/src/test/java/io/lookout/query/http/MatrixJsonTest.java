package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Series over steps as JSON, in parts as they are sent, read again. */
class MatrixJsonTest {
  private static final NativeHistogram HISTOGRAM =
      new NativeHistogram(
          0,
          NativeHistogram.CounterReset.UNKNOWN,
          true,
          0.001,
          0,
          1,
          2,
          List.of(new NativeHistogram.Span(1, 1)),
          new double[] {1},
          List.of(),
          new double[0],
          new double[0]);

  private final SplittableRandom random = new SplittableRandom(9);
  private int parts;

  @Test
  void eachPointIsThere() {
    for (int round = 0; round < 200; round++) {
      long start = random.nextLong(-100_000, 2_000_000_000_000L);
      long step = random.nextBoolean() ? 1000 * random.nextInt(1, 100) : random.nextInt(1, 5000);
      int n = random.nextInt(1, random.nextBoolean() ? 4 : 1500);
      Steps steps = new Steps(start, start + step * (n - 1), step);
      List<SeriesSteps> series = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        series.add(series("s" + i, n));
      }
      JsonArray written = written(new QueryResult.Matrix(steps, series));

      assertThat(written).hasSize(series.size());
      for (int i = 0; i < series.size(); i++) {
        check(series.get(i), steps, written.getJsonObject(i));
      }
    }
    assertThat(parts).isGreaterThan(250);
  }

  private SeriesSteps series(String name, int n) {
    SeriesSteps series = SeriesSteps.absent(Labels.of("__name__", name), false, n);
    int gaps = random.nextInt(3);
    int histograms = random.nextInt(3);
    for (int i = 0; i < n; i++) {
      if (gaps == 0 || random.nextInt(gaps + 1) == 0) {
        if (histograms == 2 && random.nextInt(4) == 0) {
          series.set(i, HISTOGRAM);
        } else {
          series.values[i] = random.nextBoolean() ? random.nextInt(1000) : random.nextDouble();
        }
      }
    }
    return series;
  }

  private JsonArray written(QueryResult.Matrix matrix) {
    ApiData data = ResultData.of(matrix, "");
    JsonBytes part = new JsonBytes();
    StringBuilder all = new StringBuilder();
    boolean more = true;
    while (more) {
      more = data.write(part);
      assertThat(part.size()).isLessThan(2 * JsonBytes.FULL);
      all.append(new String(part.array(), 0, part.size(), StandardCharsets.UTF_8));
      part.clear();
      parts++;
    }
    return new JsonObject(all.toString()).getJsonArray("result");
  }

  private static void check(SeriesSteps series, Steps steps, JsonObject written) {
    JsonObject expected =
        new JsonObject()
            .put("metric", new JsonObject().put("__name__", series.labels().metricName()));
    JsonArray values = new JsonArray();
    JsonArray histograms = new JsonArray();
    for (int i = 0; i < series.size(); i++) {
      NativeHistogram histogram = series.histogram(i);
      if (histogram != null) {
        histograms.add(steps.at(i) / 1000.0);
      } else if (series.present(i)) {
        values.add(steps.at(i) / 1000.0);
        values.add(series.values[i]);
      }
    }
    JsonArray writtenValues = new JsonArray();
    for (Object each : written.getJsonArray("values", new JsonArray())) {
      JsonArray point = (JsonArray) each;
      writtenValues.add(point.getDouble(0));
      writtenValues.add(Double.parseDouble(point.getString(1)));
    }
    JsonArray writtenHistograms = new JsonArray();
    for (Object each : written.getJsonArray("histograms", new JsonArray())) {
      writtenHistograms.add(((JsonArray) each).getDouble(0));
    }
    assertThat(written.getJsonObject("metric")).isEqualTo(expected.getJsonObject("metric"));
    assertThat(writtenValues).isEqualTo(values);
    assertThat(writtenHistograms).isEqualTo(histograms);
    assertThat(written.containsKey("values")).isEqualTo(!values.isEmpty());
    assertThat(written.containsKey("histograms")).isEqualTo(!histograms.isEmpty());
  }
}
