/** The messages between ingest, storage and query, and their wire form. */
@NullMarked
package io.lookout.model.bus;

import org.jspecify.annotations.NullMarked;
