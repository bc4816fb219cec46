package io.lookout.ingest.scrape;

import io.lookout.ingest.exposition.ConvertedHistograms;
import io.lookout.ingest.exposition.ExpositionParser;
import io.lookout.ingest.exposition.OpenMetricsParser;
import io.lookout.ingest.exposition.ProtobufParser;
import io.lookout.ingest.exposition.TextParser;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.config.ScrapeProtocol;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which formats a job asks for, and which one an answer has. Not thread-safe. */
final class Formats {
  private final JobConfig.Request request;
  private final ExpositionParser text;
  private final ExpositionParser openMetrics;
  private final ExpositionParser protobuf;

  Formats(JobConfig job, StringPool strings) {
    request = job.request();
    JobConfig.Samples wanted = job.samples();
    text = converted(new TextParser(strings), wanted);
    openMetrics = converted(new OpenMetricsParser(strings), wanted);
    protobuf =
        converted(
            new ProtobufParser(strings, wanted.nativeHistograms(), wanted.classicToo()), wanted);
  }

  private static ExpositionParser converted(ExpositionParser parser, JobConfig.Samples wanted) {
    return wanted.convertClassic() ? new ConvertedHistograms(parser, wanted.classicToo()) : parser;
  }

  /** The header {@code Accept}: formats by weight, and then anything. */
  static String accept(JobConfig.Request request) {
    int weight = ScrapeProtocol.values().length + 1;
    List<String> accepted = new ArrayList<>();
    for (ScrapeProtocol protocol : request.protocols()) {
      accepted.add(mediaType(protocol, request.escaping().label()) + ";q=0." + weight--);
    }
    accepted.add("*/*;q=0." + weight);
    return String.join(",", accepted);
  }

  private static String mediaType(ScrapeProtocol protocol, String escaping) {
    return switch (protocol) {
      case PROTOBUF ->
          "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"
              + ";encoding=delimited";
      case TEXT_0_0_4 -> "text/plain;version=0.0.4";
      case TEXT_1_0_0 -> "text/plain;version=1.0.0;escaping=" + escaping;
      case OPEN_METRICS_0_0_1 -> "application/openmetrics-text;version=0.0.1";
      case OPEN_METRICS_1_0_0 -> "application/openmetrics-text;version=1.0.0;escaping=" + escaping;
    };
  }

  /**
   * The parser for an answer.
   *
   * @throws LookoutException where the content type says nothing useful and no fallback is set
   */
  ExpositionParser parser(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "text/plain" -> text;
      case "application/openmetrics-text" -> openMetrics;
      case "application/vnd.google.protobuf" -> protobuf;
      default -> fallback(contentType);
    };
  }

  /** Whether lines of this format may say when samples started. */
  boolean hasStartLines(ExpositionParser parser) {
    return parser.equals(openMetrics);
  }

  private ExpositionParser fallback(String contentType) {
    Optional<ScrapeProtocol> fallback = request.fallback();
    if (fallback.isEmpty()) {
      String sent =
          contentType.isBlank()
              ? "non-compliant scrape target sending blank Content-Type"
              : "received unsupported Content-Type " + SeriesText.quote(contentType);
      throw new LookoutException(
          ErrorCode.BAD_DATA, sent + " and no fallback_scrape_protocol specified for target");
    }
    return switch (fallback.get()) {
      case PROTOBUF -> protobuf;
      case TEXT_0_0_4, TEXT_1_0_0 -> text;
      case OPEN_METRICS_0_0_1, OPEN_METRICS_1_0_0 -> openMetrics;
    };
  }
}
