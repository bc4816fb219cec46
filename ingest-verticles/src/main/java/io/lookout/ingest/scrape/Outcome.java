package io.lookout.ingest.scrape;

import io.lookout.model.bus.WriteBatch;

/**
 * What came of one scrape.
 *
 * @param batch samples, staleness markers and the scrape's own series
 * @param problem why the target counts as down; empty where it is up
 */
record Outcome(WriteBatch batch, String problem) {
  boolean isUp() {
    return problem.isEmpty();
  }
}
