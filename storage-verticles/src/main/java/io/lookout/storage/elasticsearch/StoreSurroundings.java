package io.lookout.storage.elasticsearch;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What the store needs of the node that it is on.
 *
 * @param maxSearches that run or wait; at the bound further ones fail with {@code UNAVAILABLE}
 * @param labelCacheBytes what decoded label tables may take in memory
 * @param blockCacheBytes what blocks that were read may take in memory
 * @param lifeCycleInterval between looks at the size of the indices
 * @param elected whether this node is the one of its cluster that rolls over and drops
 * @param verdict told why the engine cannot be used before somebody does something about it; or
 *     nothing, when it can
 */
public record StoreSurroundings(
    int maxSearches,
    long labelCacheBytes,
    long blockCacheBytes,
    Duration lifeCycleInterval,
    BooleanSupplier elected,
    Consumer<String> verdict) {}
