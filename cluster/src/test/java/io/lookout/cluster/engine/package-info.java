/** Real search engines, started by the tests. */
@NullMarked
package io.lookout.cluster.engine;

import org.jspecify.annotations.NullMarked;
