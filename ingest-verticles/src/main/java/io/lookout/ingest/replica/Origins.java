package io.lookout.ingest.replica;

import io.lookout.model.Labels;
import io.lookout.model.bus.WriteBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which replicas the series of a batch come from, numbered.
 *
 * @param of each series of the batch, the number of its origin, or {@link #NONE}
 */
@SuppressWarnings("ArrayRecordComponent") // Used once and never compared.
record Origins(List<Origin> list, int[] of) {
  /** A series that names no cluster or no replica. */
  static final int NONE = -1;

  record Origin(Pair pair, String replica) {}

  static Origins of(WriteBatch batch, String clusterLabel, String replicaLabel) {
    List<Origin> list = new ArrayList<>(1);
    Map<Origin, Integer> numbers = new HashMap<>();
    int[] of = new int[batch.seriesCount()];
    int last = NONE;
    for (int i = 0; i < of.length; i++) {
      Labels labels = batch.series()[i].labels();
      String replica = labels.valueOf(replicaLabel);
      String cluster = replica.isEmpty() ? "" : labels.valueOf(clusterLabel);
      if (cluster.isEmpty()) {
        of[i] = NONE;
        continue;
      }
      // A sender names the same replica in all of its series.
      if (last == NONE || !isFrom(list.get(last), cluster, replica)) {
        Origin origin = new Origin(new Pair(batch.tenant(), cluster), replica);
        last = numbers.computeIfAbsent(origin, any -> list.size());
        if (last == list.size()) {
          list.add(origin);
        }
      }
      of[i] = last;
    }
    return new Origins(list, of);
  }

  private static boolean isFrom(Origin origin, String cluster, String replica) {
    return origin.replica().equals(replica) && origin.pair().cluster().equals(cluster);
  }
}
