package io.lookout.ingest.metricbeat;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * An Elasticsearch as Metricbeat sees it, below a prefix: what is asked before writing, and {@code
 * _bulk}.
 */
public final class MetricbeatEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "metricbeat";

  /** Where it is on the ports that serve other protocols too. */
  public static final String PREFIX = "/beat";

  /** Templates are large, and of no use here. */
  private static final long MOST_DISCARDED = 16L << 20;

  private static final Set<HttpMethod> WRITES = Set.of(HttpMethod.POST, HttpMethod.PUT);

  private final Uploads uploads;
  private final Shared shared;
  private final String prefix;

  /**
   * What the endpoints of all event loops share.
   *
   * @param bulkItems events that one request may have
   */
  public record Shared(PointBatches batches, EventFields fields, int bulkItems, Clock clock) {}

  /**
   * @param prefix of all paths; empty for none
   */
  public MetricbeatEndpoint(Uploads uploads, Shared shared, String prefix) {
    this.uploads = uploads;
    this.shared = shared;
    this.prefix = prefix;
  }

  @Override
  public void mount(Router router) {
    if (!prefix.isEmpty()) {
      router.route(prefix).handler(this::handle);
    }
    router.route(prefix + "/*").handler(this::handle);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    List<String> path = path(String.valueOf(context.normalizedPath()));
    boolean writes = WRITES.contains(request.method());
    if (writes && !path.isEmpty() && path.getLast().equals("_bulk")) {
      bulk(request, path.size() > 1 ? path.get(0) : "");
    } else if (writes || request.method().equals(HttpMethod.DELETE)) {
      discard(request, () -> say(request, path));
    } else {
      say(request, path);
    }
  }

  private List<String> path(String whole) {
    return Arrays.stream(whole.substring(prefix.length()).split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .toList();
  }

  private void bulk(HttpServerRequest request, String index) {
    boolean brief = request.params().contains("filter_path");
    BulkReply reply = new BulkReply(MediaType.of(request.getHeader("Accept")), brief);
    uploads.take(
        PROTOCOL,
        request,
        reply,
        () -> {
          String tenant = Tenants.of(request);
          long now = shared.clock().millis();
          BulkDecoder decoder =
              new BulkDecoder(shared.batches(), shared.fields(), shared.bulkItems());
          return (bytes, length) -> {
            PointBatch batch = decoder.decode(tenant, index, bytes, length, now);
            reply.items(decoder.items());
            return batch.decoded(length);
          };
        });
  }

  /** Reads what nobody wants to know, and then answers. */
  private static void discard(HttpServerRequest request, Runnable then) {
    request
        .handler(chunk -> {
          if (request.bytesRead() > MOST_DISCARDED) {
            request.connection().close();
          }
        })
        .endHandler(end -> then.run())
        .exceptionHandler(gone -> {});
  }

  private static void say(HttpServerRequest request, List<String> path) {
    String version =
        ClientVersion.of(
            request.getHeader("User-Agent"), request.getHeader("x-elastic-client-meta"));
    SetupAnswers.Said said = SetupAnswers.to(request.method().name(), path, version);
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(said.status())
            .putHeader(MediaType.PRODUCT_HEADER, MediaType.PRODUCT)
            .putHeader(
                "Content-Type",
                said.text()
                    ? "text/plain; charset=UTF-8"
                    : MediaType.of(request.getHeader("Accept")));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(said.body());
    }
  }
}
