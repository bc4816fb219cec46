package io.lookout.storage.embedded;

import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.BlockStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBlockStoreTest extends BlockStoreContract {
  @TempDir Path directory;

  @Override
  protected BlockStore open() throws Exception {
    return await(
        EmbeddedBlockStore.open(
            vertx,
            new EmbeddedStoreOptions(directory, Duration.ofDays(1), 2, 100, 1 << 20),
            meters));
  }
}
