/**
 * Pairs of senders that send the same: of each pair one is elected, and what the other sends is
 * dropped.
 */
@NullMarked
package io.lookout.ingest.replica;

import org.jspecify.annotations.NullMarked;
