/** HTTP requests with the credentials, certificates and proxies that a configuration names. */
@NullMarked
package io.lookout.ingest.scrape.fetch;

import org.jspecify.annotations.NullMarked;
