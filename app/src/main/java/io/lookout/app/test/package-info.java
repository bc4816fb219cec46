/** {@code lookout test}: runs test scripts against the parts of a node. */
@NullMarked
package io.lookout.app.test;

import org.jspecify.annotations.NullMarked;
