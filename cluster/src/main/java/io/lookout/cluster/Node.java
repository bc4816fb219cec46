package io.lookout.cluster;

import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.http.HttpEdge;
import io.lookout.cluster.ring.Membership;
import io.lookout.cluster.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a role runs on.
 *
 * @param id unique within the cluster and stable while the process lives
 * @param storage whether there are storage nodes to reach: this one, or some of its cluster
 * @param data the directory of this node; locked for it where a role keeps data
 * @param breakdown to be told of what only another start can repair
 * @param clock of wall time, injected so that tests can turn it
 */
public record Node(
    String id,
    Vertx vertx,
    Bus bus,
    Settings settings,
    boolean storage,
    Path data,
    HttpEdge http,
    Membership membership,
    MeterRegistry meters,
    Readiness readiness,
    Breakdown breakdown,
    Clock clock) {}
