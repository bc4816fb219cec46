/** Settings: one record an area, bound from file, environment and command line. */
@NullMarked
package io.lookout.cluster.settings;

import org.jspecify.annotations.NullMarked;
