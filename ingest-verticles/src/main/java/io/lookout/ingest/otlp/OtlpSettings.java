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
    if (deltaSeries < 1) {
      throw new IllegalArgumentException("otlp.delta.series must be at least 1");
    }
  }
}
