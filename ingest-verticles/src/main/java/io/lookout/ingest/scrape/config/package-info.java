/** What is to be scraped and how: the sections of a {@code prometheus.yml} that say so. */
@NullMarked
package io.lookout.ingest.scrape.config;

import org.jspecify.annotations.NullMarked;
