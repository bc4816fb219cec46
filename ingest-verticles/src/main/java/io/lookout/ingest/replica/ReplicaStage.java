package io.lookout.ingest.replica;

import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.pipeline.SampleFilter;
import io.lookout.ingest.replica.Origins.Origin;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import io.lookout.model.series.SeriesCache;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Hears one replica of each cluster of senders: samples of the elected one lose the replica label
 * and go on, those of the others are dropped. Series that name no cluster or no replica go on as
 * they are. Thread-safe.
 *
 * <p>Source: the behaviour of Mimir's HA tracker.
 */
public final class ReplicaStage {
  /** As the self-metrics name this stage. */
  private static final String NAME = "replica";

  private static final String SHARED_MAP = "lookout.replicas";

  private final String clusterLabel;
  private final String replicaLabel;
  private final Elections elections;

  /** Series without their replica label, by the fingerprint of the one with it. */
  private final SeriesCache stripped;

  private ReplicaStage(ReplicaSettings settings, Elections elections, int seriesCache) {
    this.clusterLabel = settings.clusterLabel();
    this.replicaLabel = settings.replicaLabel();
    this.elections = elections;
    this.stripped = new SeriesCache(seriesCache);
  }

  /**
   * Opens the map that the nodes of the cluster share.
   *
   * @param seriesCache series that are remembered
   */
  public static Future<ReplicaStage> open(
      Vertx vertx, Clock clock, ReplicaSettings settings, int seriesCache) {
    return vertx
        .sharedData()
        .<String, String>getAsyncMap(SHARED_MAP)
        .map(shared ->
            new ReplicaStage(settings, new Elections(shared, clock, settings), seriesCache));
  }

  /** What of the batch is to be stored; the rejections are told of the rest. */
  public Future<WriteBatch> apply(WriteBatch batch, Rejections rejections) {
    Origins origins = Origins.of(batch, clusterLabel, replicaLabel);
    List<Origin> list = origins.list();
    if (list.isEmpty()) {
      return Future.succeededFuture(batch);
    }
    List<Future<Boolean>> elected = new ArrayList<>(list.size());
    for (Origin origin : list) {
      elected.add(elections.isElected(origin.pair(), origin.replica()));
    }
    return Future.all(elected).map(all -> heard(batch, origins, all.list(), rejections));
  }

  private WriteBatch heard(
      WriteBatch batch, Origins origins, List<Boolean> elected, Rejections rejections) {
    WriteBatch.Builder kept = new WriteBatch.Builder(batch.tenant(), batch.sampleCount());
    int[] newIndex = table(batch, origins, elected, kept);
    for (int i = 0; i < batch.sampleCount(); i++) {
      int series = batch.seriesOf()[i];
      if (newIndex[series] >= 0) {
        SampleFilter.copySample(batch, i, newIndex[series], kept);
      }
    }
    for (SeriesExemplar each : batch.exemplars()) {
      if (newIndex[each.series()] >= 0) {
        kept.exemplar(newIndex[each.series()], each.exemplar());
      }
    }
    int dropped = batch.sampleCount() - kept.sampleCount();
    if (dropped > 0) {
      rejections.drop(NAME, dropped);
    }
    if (dropped == 0 || kept.sampleCount() > 0) {
      batch.metadata().forEach(kept::metadata);
    }
    return kept.build();
  }

  /** The series that are kept; returns their new numbers, -1 for the others. */
  private int[] table(
      WriteBatch batch, Origins origins, List<Boolean> elected, WriteBatch.Builder kept) {
    int[] newIndex = new int[batch.seriesCount()];
    for (int i = 0; i < newIndex.length; i++) {
      int origin = origins.of()[i];
      SeriesKey series = batch.series()[i];
      if (origin == Origins.NONE) {
        newIndex[i] = kept.series(series);
      } else if (elected.get(origin)) {
        newIndex[i] = kept.series(withoutReplica(series));
      } else {
        newIndex[i] = -1;
      }
    }
    return newIndex;
  }

  private SeriesKey withoutReplica(SeriesKey series) {
    long high = series.fingerprint().high();
    long low = series.fingerprint().low();
    SeriesKey known = stripped.get(series.tenant(), high, low);
    if (known != null) {
      return known;
    }
    Labels labels = series.labels().toBuilder().remove(replicaLabel).build();
    SeriesKey made = SeriesKey.of(series.tenant(), labels);
    stripped.put(high, low, made);
    return made;
  }

  /** Forgets clusters and series that are silent. To be called from time to time. */
  public void forgetIdle() {
    stripped.forgetUnused();
    elections.forgetIdle();
  }

  /** Clusters of replicas that this node knows. */
  public int clusters() {
    return elections.pairs();
  }
}
