package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.cluster.settings.Settings;
import io.lookout.query.remoteread.ReadRequest;
import io.lookout.query.remoteread.ReadRequestDecoder;
import io.lookout.query.remoteread.ReadSettings;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.run.QueryWorkers;
import io.lookout.query.select.SelectClient;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /api/v1/read}: remote read 1.0. A read takes its turn among the queries. */
final class RemoteReadEndpoint implements HttpEndpoint {
  private final ApiRoute api;
  private final QuerySettings settings;
  private final ReadSettings readSettings;
  private final ReadRequestDecoder decoder;
  private final SelectClient storage;
  private final QueryRunner runner;
  private final QueryWorkers workers;

  RemoteReadEndpoint(
      ApiRoute api, Settings all, SelectClient storage, QueryRunner runner, QueryWorkers workers) {
    this.api = api;
    this.settings = all.of(QuerySettings.class);
    this.readSettings = all.of(ReadSettings.class);
    this.decoder = new ReadRequestDecoder(maxBody(), readSettings.maxQueries());
    this.storage = storage;
    this.runner = runner;
    this.workers = workers;
  }

  private int maxBody() {
    return (int) Math.min(settings.maxBody().bytes(), Integer.MAX_VALUE - 16);
  }

  @Override
  public void mount(Router router) {
    router.post("/api/v1/read").handler(c -> api.serve(c, "read", read(c)));
  }

  private Future<Void> read(RoutingContext routing) {
    RemoteRead read = new RemoteRead(routing, settings, readSettings, storage, workers);
    return RequestForm.body(routing.request(), maxBody())
        .map(body -> decoder.decode(body.getBytes()))
        .compose(request -> inTurn(read, request));
  }

  private Future<Void> inTurn(RemoteRead read, ReadRequest request) {
    return runner.turn().compose(leave -> read.answer(request).onComplete(done -> leave.run()));
  }
}
