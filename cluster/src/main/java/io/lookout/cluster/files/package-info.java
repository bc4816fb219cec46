/** Files that survive the machine. */
@NullMarked
package io.lookout.cluster.files;

import org.jspecify.annotations.NullMarked;
