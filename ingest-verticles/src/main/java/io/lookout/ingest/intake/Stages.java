package io.lookout.ingest.intake;

import io.lookout.ingest.pipeline.BatchStage;
import io.lookout.ingest.pipeline.RateLimit;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.replica.ReplicaStage;
import io.lookout.model.bus.WriteBatch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * What batches go through, in this order. The stages that look at labels alone, limits of labels
 * and relabelling, are asked earlier: when a decoder meets a series.
 *
 * @param limits refuse samples, and their senders are told
 * @param filters drop samples, and their senders are not told
 * @param aside do so too, after them
 */
public record Stages(
    RateLimit rates,
    List<BatchStage> limits,
    List<BatchStage> filters,
    List<AsideStage> aside,
    Optional<ReplicaStage> replicas) {
  public Stages {
    limits = List.copyOf(limits);
    filters = List.copyOf(filters);
    aside = List.copyOf(aside);
  }

  WriteBatch limited(WriteBatch batch, Rejections refused) {
    return through(limits, batch, refused);
  }

  Future<WriteBatch> filtered(WriteBatch batch, Rejections refused) {
    Future<WriteBatch> left = Future.succeededFuture(through(filters, batch, refused));
    for (AsideStage each : aside) {
      left = left.compose(rest -> each.apply(rest, refused));
    }
    return left;
  }

  Future<WriteBatch> elected(WriteBatch batch, Rejections refused) {
    return replicas.isPresent()
        ? replicas.get().apply(batch, refused)
        : Future.succeededFuture(batch);
  }

  private static WriteBatch through(List<BatchStage> stages, WriteBatch batch, Rejections refused) {
    WriteBatch left = batch;
    for (int i = 0; i < stages.size(); i++) {
      left = stages.get(i).apply(left, refused);
    }
    return left;
  }
}
