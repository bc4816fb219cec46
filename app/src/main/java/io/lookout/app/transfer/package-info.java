/** Samples from files into a running instance. */
@NullMarked
package io.lookout.app.transfer;

import org.jspecify.annotations.NullMarked;
