package io.lookout.model.bus;

/**
 * Asks a storage node what its head holds of a tenant.
 *
 * @param limit entries of each list of the answer, the largest
 */
public record HeadQuery(String tenant, int limit) {
  public HeadQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
  }
}
