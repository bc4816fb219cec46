package io.lookout.query.federate;

import io.lookout.model.SeriesText;
import io.lookout.model.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prometheus's text format, version 0.0.4, with names of any characters quoted. */
final class TextBody {
  private final StringBuilder text = new StringBuilder();
  private final Escaping escaping;

  private TextBody(Escaping escaping) {
    this.escaping = escaping;
  }

  /**
   * @param samples floats, in their order
   */
  static byte[] of(List<FederatedSample> samples, Escaping escaping) {
    TextBody body = new TextBody(escaping);
    String name = "";
    for (FederatedSample sample : samples) {
      if (!sample.name().equals(name)) {
        name = sample.name();
        body.type(escaping.of(name));
      }
      body.add(sample);
    }
    return body.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void type(String name) {
    text.append("# TYPE ");
    name(name);
    text.append(" untyped\n");
  }

  private void add(FederatedSample sample) {
    String name = escaping.of(sample.name());
    if (SeriesText.isLegacyMetricName(name)) {
      text.append(name).append('{');
    } else {
      text.append('{');
      quoted(name);
      text.append(',');
    }
    sample.eachLabel(this::label);
    text.setLength(text.length() - 1);
    // This format of Prometheus tells no zero from another.
    text.append("} ").append(sample.value() == 0 ? "0" : NumberText.number(sample.value()));
    text.append(' ').append(sample.time()).append('\n');
  }

  private void label(String name, String value) {
    name(escaping.of(name));
    text.append('=');
    quoted(value);
    text.append(',');
  }

  private void name(String name) {
    if (SeriesText.isLegacyMetricName(name)) {
      text.append(name);
    } else {
      quoted(name);
    }
  }

  /** The text format knows three escapes. */
  private void quoted(String value) {
    text.append('"');
    text.append(value.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\""));
    text.append('"');
  }
}
