/** Resolutions that older samples are kept in: for the roles that keep them and that ask. */
@NullMarked
package io.lookout.cluster.resolution;

import org.jspecify.annotations.NullMarked;
