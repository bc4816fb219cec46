@NullMarked
package io.lookout.cluster.bus;

import org.jspecify.annotations.NullMarked;
