@NullMarked
package io.lookout.model.bus.wire;

import org.jspecify.annotations.NullMarked;
