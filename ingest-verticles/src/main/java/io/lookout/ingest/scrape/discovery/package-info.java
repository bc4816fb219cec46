/** Where targets come from: lists, files, servers, names, clusters. */
@NullMarked
package io.lookout.ingest.scrape.discovery;

import org.jspecify.annotations.NullMarked;
