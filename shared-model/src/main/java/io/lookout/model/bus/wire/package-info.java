/** The form that the messages have between processes. Documented in {@code docs/formats/bus.md}. */
@NullMarked
package io.lookout.model.bus.wire;

import org.jspecify.annotations.NullMarked;
