package io.lookout.storage.elasticsearch;

import io.lookout.cluster.engine.Engines;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.BlockStoreContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of block stores, with every engine that is there. */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("engines")
class ElasticsearchContractIT extends BlockStoreContract {
  @Parameter private Path engine = Path.of("");

  private final String name = TestStores.freshName();

  static List<Path> engines() {
    return Engines.all();
  }

  @Override
  protected BlockStore open() throws Exception {
    return await(
        TestStores.open(
            vertx,
            TestStores.settings(
                Engines.shared(engine).url(), "index=" + name, "page.blocks=7", "bulk.bytes=64KiB"),
            meters));
  }

  @Override
  protected void beginPeriod() throws Exception {
    await(((ElasticsearchBlockStore) store).rollOver());
  }
}
