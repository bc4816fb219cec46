/** Lookout beside the real Prometheus: what one sends, both answer alike. */
@NullMarked
package io.lookout.app.prometheus;

import org.jspecify.annotations.NullMarked;
