/** Real search engines, started by the tests. */
@NullMarked
package io.lookout.storage.engine;

import org.jspecify.annotations.NullMarked;
