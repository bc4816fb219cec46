/** A running node: what it starts, in which order, and how it stops. */
@NullMarked
package io.lookout.app.node;

import org.jspecify.annotations.NullMarked;
