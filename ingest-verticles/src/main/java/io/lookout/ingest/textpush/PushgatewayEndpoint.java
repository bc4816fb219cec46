package io.lookout.ingest.textpush;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.http.Tenants;
import io.lookout.ingest.http.Uploads;
import io.lookout.ingest.pipeline.Reason;
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
import java.util.Collection;
import java.util.List;
import java.util.Set;
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

  private static final String PUSHED = "push_time_seconds";
  private static final String FAILED = "push_failure_time_seconds";

  /** Of senders these names do not count. */
  private static final Set<String> OWN = Set.of(PUSHED, FAILED);

  private static final String PATH = "/metrics/";
  private static final String PATH_OF_SOFA = "/prom/metrics/";
  private static final String PATH_OF_IMPORT = "/api/v1/import/prometheus/metrics/";

  private final Uploads uploads;
  private final PointBatches batches;
  private final PushGroups groups;
  private final boolean admin;
  private final Clock clock;

  /**
   * @param admin whether all groups may be deleted at once
   */
  public PushgatewayEndpoint(
      Uploads uploads, PointBatches batches, PushGroups groups, boolean admin, Clock clock) {
    this.admin = admin;
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
    if (admin) {
      router.put("/api/v1/admin/wipe").handler(context -> wipe(context.request()));
    }
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
          TextDecoder.Origin origin =
              new TextDecoder.Origin(
                  Tenants.of(request),
                  request.getHeader("Content-Type"),
                  group,
                  clock.millis(),
                  false,
                  OWN);
          boolean replacing = request.method().equals(HttpMethod.PUT);
          PushedSamples pushed = new PushedSamples();
          TextDecoder decoder = new TextDecoder(batches, origin, pushed);
          return (bytes, length) -> {
            try {
              PointBatch batch = decoder.decode(bytes, length);
              PushGroups.Change change =
                  groups.push(
                      new PushGroups.Push(
                          origin.tenant(),
                          group,
                          pushed.values(),
                          Families.of(pushed.values().keySet(), decoder.described(), origin.time()),
                          replacing,
                          origin.time()));
              markStale(batch, change.gone(), origin.time());
              addTimes(batch, origin, origin.time(), change.failed());
              return batch.decoded(length);
            } catch (LookoutException e) {
              return failed(origin, e).decoded(length);
            }
          };
        });
  }

  /** Nothing of the text counts; that it was pushed in vain is written down. */
  private PointBatch failed(TextDecoder.Origin origin, LookoutException failure) {
    PointBatch batch = batches.batch(origin.tenant(), 0);
    long pushed = groups.fail(origin.tenant(), origin.added(), origin.time());
    addTimes(batch, origin, pushed, origin.time());
    batch.reject(
        Reason.MALFORMED,
        1,
        "pushed metrics are invalid or inconsistent with existing metrics: "
            + failure.getMessage());
    return batch;
  }

  /** As the Pushgateway exposes them beside each group; 0 for what has not happened yet. */
  private static void addTimes(
      PointBatch batch, TextDecoder.Origin origin, long pushed, long failed) {
    batch.sample(own(origin.tenant(), origin.added(), PUSHED), origin.time(), pushed / 1000.0);
    batch.sample(own(origin.tenant(), origin.added(), FAILED), origin.time(), failed / 1000.0);
  }

  private static SeriesKey own(String tenant, Labels group, String name) {
    return SeriesKey.of(tenant, group.toBuilder().set(Label.METRIC_NAME, name).build());
  }

  private static void markStale(PointBatch batch, Collection<SeriesKey> gone, long time) {
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
            delete(tenant, group, batch);
            return batch.decoded(length);
          };
        });
  }

  private void delete(String tenant, Labels group, PointBatch batch) {
    Set<SeriesKey> known = groups.delete(tenant, group);
    if (known != null) {
      markStale(batch, known, clock.millis());
      OWN.forEach(name -> markStale(batch, List.of(own(tenant, group, name)), clock.millis()));
    }
  }

  /** All groups of a tenant. */
  private void wipe(HttpServerRequest request) {
    uploads.take(
        PROTOCOL,
        request,
        Reply.plain(202),
        () -> {
          String tenant = Tenants.of(request);
          return (bytes, length) -> {
            PointBatch batch = batches.batch(tenant, length);
            groups.of(tenant).keySet().forEach(group -> delete(tenant, group, batch));
            return batch.decoded(length);
          };
        });
  }

  private static Labels group(HttpServerRequest request, String prefix) {
    return GroupingKey.of(request.path().substring(prefix.length()));
  }
}
