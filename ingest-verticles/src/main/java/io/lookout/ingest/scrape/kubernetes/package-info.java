/** Targets from the objects of a Kubernetes cluster, with Prometheus's meta labels. */
@NullMarked
package io.lookout.ingest.scrape.kubernetes;

import org.jspecify.annotations.NullMarked;
