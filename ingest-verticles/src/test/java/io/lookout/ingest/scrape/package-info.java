@NullMarked
package io.lookout.ingest.scrape;

import org.jspecify.annotations.NullMarked;
