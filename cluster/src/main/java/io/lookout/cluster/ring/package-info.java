/** Who owns which series: members, partitions, owners. */
@NullMarked
package io.lookout.cluster.ring;

import org.jspecify.annotations.NullMarked;
