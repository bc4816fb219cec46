@NullMarked
package io.lookout.ingest.scrape.fetch;

import org.jspecify.annotations.NullMarked;
