package io.lookout.storage.head;

/**
 * What a head keeps.
 *
 * @param window ms; samples of one chunk are of one window
 */
public record HeadOptions(long window, int maxExemplars, int maxMetadata) {
  public HeadOptions {
    if (window < 1 || window > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a window of " + window + " ms");
    }
  }
}
