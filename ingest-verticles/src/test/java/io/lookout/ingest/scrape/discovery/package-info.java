@NullMarked
package io.lookout.ingest.scrape.discovery;

import org.jspecify.annotations.NullMarked;
