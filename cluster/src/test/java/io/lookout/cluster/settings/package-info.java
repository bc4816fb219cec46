@NullMarked
package io.lookout.cluster.settings;

import org.jspecify.annotations.NullMarked;
