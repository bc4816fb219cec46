package io.lookout.cluster.settings;

/**
 * A number of bytes, written with a binary unit: {@code 512KiB}, {@code 32MiB}, {@code 2GiB}, or
 * plain.
 */
public record ByteSize(long bytes) {}
