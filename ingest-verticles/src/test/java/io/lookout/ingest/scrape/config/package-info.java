@NullMarked
package io.lookout.ingest.scrape.config;

import org.jspecify.annotations.NullMarked;
