/** Protocols as their users have them: real clients write, PromQL reads back. */
@NullMarked
package io.lookout.app.protocols;

import org.jspecify.annotations.NullMarked;
