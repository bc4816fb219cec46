package io.lookout.storage.downsample;

import io.lookout.storage.store.BlockStore;

/**
 * A store of aggregates.
 *
 * @param millis how long a bucket is
 * @param name as a person writes it: {@code 5m}
 * @param retention how long it keeps blocks, ms
 */
public record Resolution(long millis, String name, BlockStore store, long retention) {}
