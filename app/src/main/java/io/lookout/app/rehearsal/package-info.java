/** Work for a node whose JVM is to learn what it will have to do. */
@NullMarked
package io.lookout.app.rehearsal;

import org.jspecify.annotations.NullMarked;
