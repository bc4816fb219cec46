package io.lookout.model.bus;

/**
 * What a storage node has done.
 *
 * @param samples that were deleted; negative where the node has done nothing, because it falls to
 *     another one that has the same store
 */
public record AdminResult(long samples) {
  public static final AdminResult LEFT_TO_ANOTHER = new AdminResult(-1);

  public boolean isLeftToAnother() {
    return samples < 0;
  }
}
