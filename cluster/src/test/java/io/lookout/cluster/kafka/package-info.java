@NullMarked
package io.lookout.cluster.kafka;

import org.jspecify.annotations.NullMarked;
