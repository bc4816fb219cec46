/** The event bus: addresses, message codecs, typed requests. */
@NullMarked
package io.lookout.cluster.bus;

import org.jspecify.annotations.NullMarked;
