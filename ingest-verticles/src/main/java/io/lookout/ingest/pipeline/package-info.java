/**
 * What happens to samples between a decoder and the router: limits, and the counting of what is
 * refused.
 */
@NullMarked
package io.lookout.ingest.pipeline;

import org.jspecify.annotations.NullMarked;
