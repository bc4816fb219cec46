/** Logs: a line for people, or JSON. */
@NullMarked
package io.lookout.app.log;

import org.jspecify.annotations.NullMarked;
