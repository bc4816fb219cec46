package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.TestCertificate;
import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An engine as they are run in earnest: behind TLS of a private authority, credentials and a path
 * prefix, with several hosts; and with more blocks than a search of an engine gives at once.
 */
class SecuredEngineIT {
  private static final String BASIC = "Basic bG9va291dDpwNHNz";

  private static TestCertificate trusted;
  private static TestCertificate stranger;

  private final Vertx vertx = Vertx.vertx();
  private final String name = TestStores.freshName();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<BlockStore> open = new ArrayList<>();
  private EngineProcess engine;

  @BeforeAll
  static void certify(@TempDir Path directory) throws Exception {
    trusted = TestCertificate.make(directory, "trusted", "IP:127.0.0.1");
    stranger = TestCertificate.make(directory, "stranger", "IP:127.0.0.1");
  }

  @BeforeEach
  void start() {
    engine = Engines.shared(Engines.required().getFirst());
  }

  @AfterEach
  void close() {
    open.forEach(store -> done(store.close()));
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(120, SECONDS).join();
  }

  private SecuredProxy proxy(TestCertificate certificate, String authorization) {
    return done(SecuredProxy.start(vertx, engine.port(), certificate, authorization));
  }

  private BlockStore open(String urls, String... assignments) {
    List<String> all = new ArrayList<>(Arrays.asList(assignments));
    all.addAll(List.of("index=" + name, "prefix=" + SecuredProxy.PREFIX, "request.timeout=20s"));
    BlockStore store =
        done(TestStores.open(vertx, TestStores.settings(urls, all.toArray(String[]::new)), meters));
    open.add(store);
    return store;
  }

  private static List<Block> blocks(int count) {
    Slice bytes = Slice.of(new byte[] {1, 2, 3});
    Chunk chunk = new Chunk(9, 1000, 2000, bytes, bytes, null);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String metric = "m" + i;
      SeriesKey key = SeriesKey.of("t", Labels.of("__name__", metric, "job", "a"));
      blocks.addAll(
          new BlockWriter("t", metric, 0).write(List.of(new SeriesChunks(key, List.of(chunk)))));
    }
    return blocks;
  }

  private static int found(BlockStore store) {
    SelectRequest all =
        new SelectRequest("t", List.of(Matcher.equal("job", "a")), 0, 3000, 100_000, 1L << 30);
    return done(store.select(all)).size();
  }

  @ParameterizedTest
  @CsvSource({
    "user=lookout, password=p4ss, Basic bG9va291dDpwNHNz",
    "api.key=a2V5, gzip=true, ApiKey a2V5",
    "bearer.token=t0ken, gzip=true, Bearer t0ken"
  })
  void credentialsTlsPrefixAndCompression(String first, String second, String authorization) {
    SecuredProxy proxy = proxy(trusted, authorization);
    BlockStore store = open(proxy.url(), first, second, "ca.file=" + trusted.pem());

    done(store.put(blocks(50)));

    assertThat(found(store)).isEqualTo(50);
    assertThat(proxy.refused.get()).isZero();
    assertThat(proxy.compressed.get() > 0).isEqualTo(second.equals("gzip=true"));
  }

  @Test
  void whoIsNotTrustedGetsNothing() {
    SecuredProxy proxy = proxy(stranger, BASIC);
    BlockStore store =
        open(proxy.url(), "user=lookout", "password=p4ss", "ca.file=" + trusted.pem());

    assertThatThrownBy(() -> done(store.put(blocks(1)))).hasMessageContaining("the block store");
    assertThat(proxy.passed.get() + proxy.refused.get()).isZero();
  }

  @Test
  void whoIsNotKnownIsToldSo() {
    SecuredProxy proxy = proxy(trusted, "Bearer another");

    assertThatThrownBy(() ->
            done(
                open(proxy.url(), "bearer.token=t0ken", "ca.file=" + trusted.pem()).put(blocks(1))))
        .hasMessageContaining("401");
    assertThat(proxy.passed.get()).isZero();
  }

  @Test
  void aHostThatIsGoneIsLeftAloneAndTheOtherServes() {
    SecuredProxy stays = proxy(trusted, BASIC);
    SecuredProxy goes = proxy(trusted, BASIC);
    BlockStore store =
        open(
            stays.url() + "," + goes.url(),
            "user=lookout",
            "password=p4ss",
            "ca.file=" + trusted.pem());
    done(store.put(blocks(3)));
    done(goes.stop());

    for (int i = 0; i < 10; i++) {
      done(store.put(blocks(3)));
      assertThat(found(store)).isEqualTo(3);
    }
    assertThat(meters.get("lookout.elasticsearch.up.hosts").gauge().value()).isEqualTo(1);
  }

  /** Engines give 10,000 hits of a search at most, and say nothing of the others. */
  @Test
  void moreBlocksThanAnEngineGivesAtOnceAreAllFound() {
    SecuredProxy proxy = proxy(trusted, BASIC);
    BlockStore store =
        open(
            proxy.url(),
            "user=lookout",
            "password=p4ss",
            "ca.file=" + trusted.pem(),
            "page.blocks=2000",
            "bulk.bytes=2MiB");

    done(store.put(blocks(10_500)));

    assertThat(found(store)).isEqualTo(10_500);
  }
}
