package io.lookout.storage;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.seal.SealOptions;
import io.lookout.storage.shard.ShardOptions;
import io.lookout.storage.wal.WalSync;
import java.nio.file.Path;
import java.time.Duration;

/** What an operator can set of the storage role. */
public record StorageSettings(
    @Setting(
            name = "storage.store",
            defaultValue = "embedded",
            help =
                "Where blocks are kept: embedded (this node's disk) or elasticsearch (Elasticsearch"
                    + " or OpenSearch).")
        StoreKind store,
    @Setting(
            name = "storage.shards",
            defaultValue = "0",
            help = "Shards of this node; 0: as many as there are in the directory, or one a core.")
        int shards,
    @Setting(
            name = "storage.retention",
            defaultValue = "15d",
            help = "How long samples are kept; whole indices go when all in them is older.")
        Duration retention,
    @Setting(
            name = "storage.rollover",
            defaultValue = "1d",
            help = "How much time one index of the embedded store covers.")
        Duration rollover,
    @Setting(
            name = "storage.window",
            defaultValue = "2h",
            help = "How much time the blocks of one series cover.")
        Duration window,
    @Setting(
            name = "storage.seal.delay",
            defaultValue = "10m",
            help = "How long after its end a window is moved to the block store.")
        Duration sealDelay,
    @Setting(
            name = "storage.late.delay",
            defaultValue = "10m",
            help = "How long samples of past windows are collected at most before they are moved.")
        Duration lateDelay,
    @Setting(
            name = "storage.wal.sync",
            defaultValue = "os",
            help =
                "When a write is acknowledged: os (survives the process), interval or always"
                    + " (survives the machine).")
        WalSync walSync,
    @Setting(
            name = "storage.wal.interval",
            defaultValue = "1s",
            help = "How often the log is forced to disk under storage.wal.sync=interval.")
        Duration walInterval,
    @Setting(
            name = "storage.wal.segment.bytes",
            defaultValue = "64MiB",
            help = "When the log of a shard begins a new file.")
        ByteSize walSegment,
    @Setting(
            name = "storage.wal.reserve.bytes",
            defaultValue = "64MiB",
            help =
                "With less room than this on the disk, samples are refused (503); what moves"
                    + " windows to the block store goes on.")
        ByteSize walReserve,
    @Setting(
            name = "storage.inflight.bytes",
            defaultValue = "128MiB",
            help = "Writes that wait for the logs of all shards; beyond that senders are told 503.")
        ByteSize inflight,
    @Setting(
            name = "storage.exemplars.max",
            defaultValue = "100000",
            help = "Exemplars that this node keeps, the newest; 0: none.")
        int maxExemplars,
    @Setting(
            name = "storage.metadata.max",
            defaultValue = "20000",
            help =
                "Metric families of a tenant whose type, unit and help each shard keeps, the newest.")
        int maxMetadata,
    @Setting(
            name = "storage.outoforder.bytes",
            defaultValue = "64MiB",
            help =
                "What samples that came out of order may take in memory before those that wait"
                    + " longest are packed.")
        ByteSize outOfOrder,
    @Setting(
            name = "storage.late.bytes",
            defaultValue = "256MiB",
            help =
                "What samples of past windows may take in memory, labels and index of their series not"
                    + " counted, before these windows are moved without waiting for"
                    + " storage.late.delay.")
        ByteSize late,
    @Setting(
            name = "storage.start.zeros",
            defaultValue = "false",
            help =
                "Whether a sample that tells when its series started puts a zero at that time, as"
                    + " Prometheus's feature created-timestamp-zero-ingestion does.")
        boolean startZeros,
    @Setting(
            name = "storage.patterns.values",
            defaultValue = "200000",
            help =
                "Label values of a tenant of which each shard remembers what regular expression"
                    + " accepts them; 0: none.")
        int maxPatternValues,
    @Setting(
            name = "storage.search.threads",
            defaultValue = "0",
            help = "Threads that search the block store; 0: one a core.")
        int searchThreads,
    @Setting(
            name = "storage.search.queue",
            defaultValue = "1000",
            help = "Searches of the block store that wait for a thread; further ones fail.")
        int searchQueue,
    @Setting(
            name = "storage.labels.cache.bytes",
            defaultValue = "64MiB",
            help = "Memory for the label sets of blocks that were read.")
        ByteSize labelCache,
    @Setting(
            name = "storage.blocks.cache.bytes",
            defaultValue = "64MiB",
            help =
                "Memory for blocks that were read, and for which of them selectors find in the"
                    + " embedded store.")
        ByteSize blockCache,
    @Setting(
            name = "storage.select.page.bytes",
            defaultValue = "8MiB",
            help = "A larger answer to a query is sent in parts of about this size.")
        ByteSize selectPage,
    @Setting(
            name = "storage.select.cursors",
            defaultValue = "1000",
            help = "Answers of which some parts have not been asked for yet; further ones fail.")
        int selectCursors) {

  public StorageSettings {
    if (maxExemplars < 0 || maxMetadata < 0 || maxPatternValues < 0) {
      throw new IllegalArgumentException(
          "storage.exemplars.max, storage.metadata.max and storage.patterns.values must not be"
              + " negative");
    }
  }

  ShardOptions shardOptions(int shardCount) {
    return new ShardOptions(
        window,
        sealDelay,
        lateDelay,
        walSync,
        walInterval,
        walSegment.bytes(),
        walReserve.bytes(),
        Math.max(1, inflight.bytes() / shardCount),
        (maxExemplars + shardCount - 1) / shardCount,
        maxMetadata,
        outOfOrder.bytes() / shardCount,
        late.bytes() / shardCount,
        startZeros,
        maxPatternValues);
  }

  EmbeddedStoreOptions embeddedStore(Path directory) {
    return new EmbeddedStoreOptions(
        "store",
        directory,
        rollover,
        searchThreads > 0 ? searchThreads : Runtime.getRuntime().availableProcessors(),
        searchQueue,
        labelCache.bytes(),
        blockCache.bytes());
  }

  SealOptions seal() {
    return SealOptions.DEFAULTS;
  }
}
