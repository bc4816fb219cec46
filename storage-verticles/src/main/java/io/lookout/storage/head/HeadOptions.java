package io.lookout.storage.head;

/**
 * What a head keeps.
 *
 * @param window ms; samples of one chunk are of one window
 * @param maxExemplars of all series, the newest
 * @param maxMetadata metric families of each tenant
 * @param maxSideBytes what samples that came out of order may take before they are merged with what
 *     their series have
 * @param maxPatternValues label values of each tenant of which is remembered what expression
 *     accepts them
 */
public record HeadOptions(
    long window, int maxExemplars, int maxMetadata, long maxSideBytes, int maxPatternValues) {
  public HeadOptions {
    if (window < 1 || window > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a window of " + window + " ms");
    }
    if (maxExemplars < 0 || maxMetadata < 0 || maxSideBytes < 0 || maxPatternValues < 0) {
      throw new IllegalArgumentException("what a head keeps must not be negative");
    }
  }
}
