/** What holds for every line of the repository, checked from the module that sees all others. */
@NullMarked
package io.lookout.app.architecture;

import org.jspecify.annotations.NullMarked;
