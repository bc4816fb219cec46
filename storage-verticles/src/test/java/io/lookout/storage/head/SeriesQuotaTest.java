package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shards of a node share a quota. */
@Timeout(60)
class SeriesQuotaTest {
  private static final String TENANT = "t";
  private static final int SHARDS = 4;

  /** The sum of what each of some threads gets that begin together. */
  private static int together(IntUnaryOperator shard) throws Exception {
    CyclicBarrier begin = new CyclicBarrier(SHARDS);
    try (ExecutorService threads = Executors.newFixedThreadPool(SHARDS)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < SHARDS; i++) {
        int number = i;
        all.add(
            threads.submit(() -> {
              begin.await();
              return shard.applyAsInt(number);
            }));
      }
      int sum = 0;
      for (Future<Integer> each : all) {
        sum += each.get();
      }
      return sum;
    }
  }

  @Test
  void shardsThatAskTogetherGetNoMoreThanThereIs() throws Exception {
    for (int round = 0; round < 200; round++) {
      SeriesQuota quota = new SeriesQuota(tenant -> 100);
      int taken =
          together(shard -> {
            int mine = 0;
            for (int i = 0; i < 50; i++) {
              mine += quota.take(TENANT) ? 1 : 0;
            }
            return mine;
          });
      assertThat(taken).isEqualTo(100);
      assertThat(quota.count(TENANT)).isEqualTo(100);
    }
  }

  @Test
  void seriesThatComeWhileTheLastOneGoesAreCounted() throws Exception {
    SeriesQuota quota = SeriesQuota.unlimited();
    together(shard -> {
      for (int i = 0; i < 100_000; i++) {
        quota.added(TENANT);
        quota.dropped(TENANT);
      }
      quota.added(TENANT);
      return 0;
    });
    assertThat(quota.count(TENANT)).isEqualTo(SHARDS);
  }

  @Test
  void whatHasGoneMakesRoom() {
    SeriesQuota quota = new SeriesQuota(tenant -> 1);
    assertThat(quota.take(TENANT)).isTrue();
    assertThat(quota.take(TENANT)).isFalse();
    assertThat(quota.take("other")).isTrue();
    quota.dropped(TENANT);
    assertThat(quota.count(TENANT)).isZero();
    assertThat(quota.take(TENANT)).isTrue();
    quota.added(TENANT);
    assertThat(quota.count(TENANT)).isEqualTo(2);
    assertThat(quota.limit(TENANT)).isEqualTo(1);
  }
}
