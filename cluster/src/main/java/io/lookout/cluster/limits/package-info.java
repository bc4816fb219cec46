/** What a tenant may send and keep: limits for all, and other ones for some. */
@NullMarked
package io.lookout.cluster.limits;

import org.jspecify.annotations.NullMarked;
