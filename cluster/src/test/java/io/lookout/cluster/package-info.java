@NullMarked
package io.lookout.cluster;

import org.jspecify.annotations.NullMarked;
