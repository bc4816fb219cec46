package io.lookout.ingest.otlp;

import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;
import java.util.List;

/** How OpenTelemetry's metrics become series. */
public record OtlpSettings(
    @Setting(
            name = "otlp.promote.attributes",
            defaultValue = "",
            help = "Resource attributes that become labels of every series of the resource.")
        List<String> promoteAttributes,
    @Setting(
            name = "otlp.promote.all",
            defaultValue = "false",
            help = "Make all resource attributes labels, but for otlp.promote.ignored.")
        boolean promoteAll,
    @Setting(
            name = "otlp.promote.ignored",
            defaultValue = "",
            help = "Resource attributes that do not become labels under otlp.promote.all.")
        List<String> promoteIgnored,
    @Setting(
            name = "otlp.promote.scope",
            defaultValue = "false",
            help =
                "Make name, version, schema and attributes of instrumentation scopes labels:"
                    + " otel_scope_name and so on.")
        boolean promoteScope,
    @Setting(
            name = "otlp.identifying.kept",
            defaultValue = "false",
            help =
                "Give service.name, service.namespace and service.instance.id to target_info too,"
                    + " beside job and instance.")
        boolean identifyingKept,
    @Setting(
            name = "otlp.translation",
            defaultValue = "UnderscoreEscapingWithSuffixes",
            help =
                "How names are written: UnderscoreEscapingWithSuffixes,"
                    + " UnderscoreEscapingWithoutSuffixes, NoUTF8EscapingWithSuffixes or"
                    + " NoTranslation.")
        String translationStrategy,
    @Setting(
            name = "otlp.histograms.custom",
            defaultValue = "false",
            help = "Store histograms of explicit bounds as native ones with custom buckets.")
        boolean customHistograms,
    @Setting(
            name = "otlp.delta.series",
            defaultValue = "262144",
            help =
                "Series of delta temporality whose sums are kept; those silent longest go first.")
        int deltaSeries,
    @Setting(
            name = "otlp.grpc.enabled",
            defaultValue = "false",
            help = "Take OTLP over gRPC too, on a port of its own.")
        boolean grpcEnabled,
    @Setting(
            name = "otlp.grpc.listen",
            defaultValue = "0.0.0.0:4317",
            help = "Where OTLP over gRPC listens; port 0 takes a free one.")
        HostPort grpcListen) {
  public OtlpSettings {
    promoteAttributes = List.copyOf(promoteAttributes);
    promoteIgnored = List.copyOf(promoteIgnored);
    if (promoteAll && !promoteAttributes.isEmpty()) {
      throw new IllegalArgumentException(
          "otlp.promote.all and otlp.promote.attributes exclude each other");
    }
    if (!promoteAll && !promoteIgnored.isEmpty()) {
      throw new IllegalArgumentException("otlp.promote.ignored needs otlp.promote.all");
    }
    NamingStrategy.of(translationStrategy);
    if (deltaSeries < 1) {
      throw new IllegalArgumentException("otlp.delta.series must be at least 1");
    }
  }

  Translation translation() {
    return new Translation(
        NamingStrategy.of(translationStrategy),
        new Translation.Promotion(promoteAll, promoteAll ? promoteIgnored : promoteAttributes),
        promoteScope,
        identifyingKept,
        customHistograms);
  }
}
