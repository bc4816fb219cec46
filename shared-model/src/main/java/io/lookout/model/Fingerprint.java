package io.lookout.model;

/**
 * 128 bits that stand for a series: tenant and labels. Stable across processes and releases,
 * because it decides the partition and document identities.
 */
public record Fingerprint(long high, long low) implements Comparable<Fingerprint> {
  @Override
  public int compareTo(Fingerprint other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }
}
