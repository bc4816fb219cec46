package io.lookout.query;

import io.lookout.cluster.Node;
import io.lookout.cluster.Role;
import io.lookout.cluster.resolution.DownsamplingSettings;
import io.lookout.cluster.ring.ScrapeMembers;
import io.lookout.query.http.AdminEndpoint;
import io.lookout.query.http.AdminSettings;
import io.lookout.query.http.QueryApi;
import io.lookout.query.http.StorageNodesEndpoint;
import io.lookout.query.http.TargetsEndpoint;
import io.lookout.query.http.WarmUp;
import io.lookout.query.http.WarmUpSettings;
import io.lookout.query.opentsdb.OpenTsdbApi;
import io.lookout.query.remoteread.ReadSettings;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.run.QueryWorkers;
import io.lookout.query.select.AdminClient;
import io.lookout.query.select.LabelClient;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.TargetClient;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The role that answers queries. */
public final class QueryRole implements Role {
  private @Nullable QueryWorkers workers;
  private @Nullable ScrapeMembers scrapers;

  @Override
  public String name() {
    return "query";
  }

  @Override
  public List<Class<? extends Record>> settings() {
    return List.of(
        QuerySettings.class,
        ReadSettings.class,
        AdminSettings.class,
        WarmUpSettings.class,
        DownsamplingSettings.class);
  }

  @Override
  public Future<Void> start(Node node) {
    QuerySettings settings = node.settings().of(QuerySettings.class);
    QueryWorkers pool = new QueryWorkers(settings.concurrency());
    workers = pool;
    SelectClient storage = new SelectClient(node.bus(), node.membership());
    QueryRunner runner = new QueryRunner(node.vertx(), settings, storage, pool, node.meters());
    LabelClient labels = new LabelClient(node.bus(), node.membership());
    Instant started = node.clock().instant();
    node.http()
        .add(() ->
            new QueryApi(
                node.settings(),
                node.meters(),
                node.clock(),
                runner,
                pool,
                storage,
                labels,
                started));
    node.http()
        .add(() ->
            new OpenTsdbApi(settings, node.meters(), node.clock(), runner, pool, storage, labels));
    if (node.settings().of(WarmUpSettings.class).enabled()) {
      new WarmUp(node.settings(), node.meters(), node.clock(), runner)
          .begin(node.vertx(), node.readiness());
    }
    AdminClient admin = new AdminClient(node.bus(), node.membership());
    node.http()
        .add(() ->
            new AdminEndpoint(
                node.settings().of(AdminSettings.class),
                admin,
                settings.maxBody().bytes(),
                node.clock()));
    node.http()
        .add(() ->
            new StorageNodesEndpoint(node.settings().of(AdminSettings.class), node.membership()));
    return ScrapeMembers.join(node.vertx(), node.bus())
        .onSuccess(joined -> {
          scrapers = joined;
          TargetClient targets = new TargetClient(node.bus(), joined::names);
          node.http().add(() -> new TargetsEndpoint(settings, node.meters(), targets));
        })
        .mapEmpty();
  }

  @Override
  public Future<Void> stop() {
    if (workers != null) {
      workers.close();
    }
    return scrapers == null ? Future.succeededFuture() : scrapers.close();
  }
}
