package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class OpenApiTest {
  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> map(Object value) {
    return (Map<String, ?>) value;
  }

  private Map<String, ?> document() {
    HttpResponse<byte[]> response = api.get("/api/v1/openapi.yaml");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/yaml; charset=utf-8");
    String text = new String(response.body(), StandardCharsets.UTF_8);
    return map(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  /** Each path can be asked in the ways that the document has, and in no other. */
  @Test
  void theDocumentTellsWhatThereIs() {
    Map<String, ?> document = document();
    assertThat(document.get("openapi")).isEqualTo("3.1.0");
    Map<String, ?> paths = map(Objects.requireNonNull(document.get("paths")));
    assertThat(paths).hasSizeGreaterThan(20);
    paths.forEach((path, item) -> {
      TreeSet<String> methods = new TreeSet<>();
      map(item).keySet().forEach(key -> methods.add(key.toUpperCase(Locale.ROOT)));
      methods.remove("PARAMETERS");
      methods.add("OPTIONS");
      HttpResponse<byte[]> response =
          api.send(
              api.request("/api/v1" + path.replace("{name}", "job"))
                  .method("PATCH", BodyPublishers.noBody())
                  .build());
      assertThat(response.headers().firstValue("Allow"))
          .as(path)
          .hasValue(String.join(", ", methods));
    });
  }
}
