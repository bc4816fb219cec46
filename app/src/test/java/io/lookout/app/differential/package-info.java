/** Lookout beside a real Prometheus: the same samples into both, the same questions to both. */
@NullMarked
package io.lookout.app.differential;

import org.jspecify.annotations.NullMarked;
