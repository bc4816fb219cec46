/** The Vert.x under a node: alone, or a member of a cluster. */
@NullMarked
package io.lookout.cluster.node;

import org.jspecify.annotations.NullMarked;
