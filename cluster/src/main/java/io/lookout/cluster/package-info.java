/** A Lookout node: what a role is given to run on. */
@NullMarked
package io.lookout.cluster;

import org.jspecify.annotations.NullMarked;
