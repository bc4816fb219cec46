package io.lookout.storage;

import io.lookout.cluster.Node;
import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus.Registration;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.ExemplarQuery;
import io.lookout.model.bus.HeadQuery;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.storage.StorageSearch.Selected;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers the questions for samples and labels that come over the bus: on the thread that asks,
 * where that is in this process.
 */
final class SelectVerticle extends VerticleBase {
  private final Node node;
  private final StorageSettings settings;
  private final List<Shard> shards;
  private final BlockStore store;
  private final Resolutions resolutions;
  private final List<Registration> consumers = new ArrayList<>();

  SelectVerticle(
      Node node,
      StorageSettings settings,
      List<Shard> shards,
      BlockStore store,
      Resolutions resolutions) {
    this.node = node;
    this.settings = settings;
    this.shards = shards;
    this.store = store;
    this.resolutions = resolutions;
  }

  @Override
  public Future<?> start() {
    StorageSearch search = new StorageSearch(shards, store, resolutions, vertx);
    Cursors cursors =
        new Cursors(
            vertx, node.id() + "-", settings.selectPage().bytes(), settings.selectCursors());
    Gauge.builder("lookout.select.cursors", cursors, Cursors::size)
        .description("Answers of which some parts have not been asked for yet")
        .register(node.meters());
    return Future.all(
            node.bus()
                .directConsumer(
                    Addresses.select(node.id()),
                    Object.class,
                    question -> answer(question, search, cursors)),
            node.bus()
                .directConsumer(Addresses.labels(node.id()), LabelQuery.class, search::labels),
            node.bus()
                .consumer(Addresses.exemplars(node.id()), ExemplarQuery.class, search::exemplars)
                .map(SelectVerticle::registration),
            node.bus()
                .consumer(Addresses.head(node.id()), HeadQuery.class, search::head)
                .map(SelectVerticle::registration))
        .onSuccess(all -> consumers.addAll(all.list()))
        .onSuccess(all ->
            consumers.addAll(
                List.of(
                    node.bus()
                        .knows(
                            Addresses.select(node.id()),
                            SelectRequest.class,
                            request -> known(request, search)),
                    node.bus()
                        .knows(Addresses.labels(node.id()), LabelQuery.class, search::known))));
  }

  private static Registration registration(MessageConsumer<Object> consumer) {
    return consumer::unregister;
  }

  private static Future<SelectResult> answer(
      Object question, StorageSearch search, Cursors cursors) {
    return switch (question) {
      case SelectRequest request ->
          search
              .select(request)
              .map(selected -> cursors.first(selected.series(), selected.downsampled()));
      case SelectNext next -> Future.succeededFuture(cursors.next(next.cursor()));
      default ->
          throw new LookoutException(
              ErrorCode.BAD_DATA,
              "no message of " + question.getClass().getSimpleName() + " is taken here");
    };
  }

  private static @Nullable SelectResult known(SelectRequest request, StorageSearch search) {
    Selected selected = search.known(request);
    return selected == null ? null : new SelectResult(selected.series(), "");
  }

  @Override
  public Future<?> stop() {
    return Future.join(consumers.stream().map(Registration::unregister).toList());
  }
}
