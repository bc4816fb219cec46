@NullMarked
package io.lookout.cluster.ring;

import org.jspecify.annotations.NullMarked;
