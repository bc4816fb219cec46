/** The documents say what the code does: reference pages are compared, commands are run. */
@NullMarked
package io.lookout.app.docs;

import org.jspecify.annotations.NullMarked;
