package io.lookout.ingest.textpush;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * The Pushgateway's API: {@code PUT}, {@code POST} and {@code DELETE} of {@code
 * /metrics/job/<job>{/<label>/<value>}}, and SOFALookout's {@code /prom/metrics/job/…}.
 *
 * <p>What is pushed becomes samples at the time of the push. {@code PUT} replaces a group, {@code
 * POST} the metrics of the same names in it; series that are not there any more, and those of a
 * deleted group, are marked as stale.
 */
public final class PushgatewayEndpoint implements HttpEndpoint {
  static final String PROTOCOL = "pushgateway";

  private static final String PATH = "/metrics/";
  private static final String PATH_OF_SOFA = "/prom/metrics/";
  private static final String PATH_OF_IMPORT = "/api/v1/import/prometheus/metrics/";

  private final Uploads uploads;
  private final PointBatches batches;
  private final PushGroups groups;
  private final Clock clock;

  public PushgatewayEndpoint(
      Uploads uploads, PointBatches batches, PushGroups groups, Clock clock) {
    this.uploads = uploads;
    this.batches = batches;
    this.groups = groups;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    mount(router, PATH, 200);
    mount(router, PATH_OF_SOFA, 202);
    mount(router, PATH_OF_IMPORT, 204);
  }

  private void mount(Router router, String prefix, int success) {
    router
        .route(prefix + "*")
        .method(HttpMethod.PUT)
        .method(HttpMethod.POST)
        .handler(context -> below(context, prefix, request -> push(request, prefix, success)));
    router
        .delete(prefix + "*")
        .handler(context -> below(context, prefix, request -> delete(request, prefix)));
  }

  /** A route to all that is below a path leads to the path itself too. */
  private static void below(
      RoutingContext context, String prefix, Consumer<HttpServerRequest> handler) {
    if (context.request().path().startsWith(prefix)) {
      handler.accept(context.request());
    } else {
      context.next();
    }
  }

  private void push(HttpServerRequest request, String prefix, int success) {
    uploads.take(
        PROTOCOL,
        request,
        Reply.plain(success),
        () -> {
          Labels group = group(request, prefix);
          String tenant = Tenants.of(request);
          boolean put = request.method().equals(HttpMethod.PUT);
          TextDecoder.Origin origin =
              new TextDecoder.Origin(
                  tenant, request.getHeader("Content-Type"), group, clock.millis(), false);
          TextDecoder decoder = new TextDecoder(batches, origin);
          return (bytes, length) -> {
            PointBatch batch;
            try {
              batch = decoder.decode(bytes, length);
              requireDistinct(batch);
            } catch (LookoutException e) {
              return failed(tenant, group, origin.time(), e).decoded(length);
            }
            List<SeriesKey> gone =
                put
                    ? groups.replace(tenant, group, batch.seriesKeys())
                    : groups.update(tenant, group, batch.seriesKeys());
            addTime(batch, tenant, group, "push_time_seconds", origin.time());
            markStale(batch, gone, origin.time());
            return batch.decoded(length);
          };
        });
  }

  private static void requireDistinct(PointBatch batch) {
    List<SeriesKey> found = batch.seriesKeys();
    if (new HashSet<>(found).size() < found.size()) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "pushed metrics are inconsistent: a series is there twice");
    }
  }

  /** Nothing of the text counts; that it was pushed in vain is written down. */
  private PointBatch failed(String tenant, Labels group, long time, LookoutException failure) {
    PointBatch batch = batches.batch(tenant, 0);
    addTime(batch, tenant, group, "push_failure_time_seconds", time);
    batch.reject(Reason.MALFORMED, 1, String.valueOf(failure.getMessage()));
    return batch;
  }

  /** As the Pushgateway exposes it beside each group. */
  private static void addTime(
      PointBatch batch, String tenant, Labels group, String name, long time) {
    Labels labels = group.toBuilder().set(Label.METRIC_NAME, name).build();
    batch.sample(SeriesKey.of(tenant, labels), time, time / 1000.0);
  }

  private static void markStale(PointBatch batch, List<SeriesKey> gone, long time) {
    gone.forEach(key -> batch.sample(key, time, SampleColumns.STALE_NAN));
  }

  private void delete(HttpServerRequest request, String prefix) {
    uploads.take(
        PROTOCOL,
        request,
        Reply.plain(202),
        () -> {
          Labels group = group(request, prefix);
          String tenant = Tenants.of(request);
          return (bytes, length) -> {
            PointBatch batch = batches.batch(tenant, length);
            markStale(batch, groups.delete(tenant, group), clock.millis());
            return batch.decoded(length);
          };
        });
  }

  private static Labels group(HttpServerRequest request, String prefix) {
    return GroupingKey.of(request.path().substring(prefix.length()));
  }
}
