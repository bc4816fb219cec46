package io.lookout.model.bus;

/**
 * Asks a node that scrapes for its targets.
 *
 * @param pool the job that counts; empty for all
 * @param metadata whether what targets say of their families is wanted
 */
public record TargetQuery(String pool, boolean metadata) {}
