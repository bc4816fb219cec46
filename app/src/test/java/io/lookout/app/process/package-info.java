/** Lookout as an operator runs it: the built jar in a process of its own. */
@NullMarked
package io.lookout.app.process;

import org.jspecify.annotations.NullMarked;
