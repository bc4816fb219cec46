/** Tests of how queries are run. */
@NullMarked
package io.lookout.query.run;

import org.jspecify.annotations.NullMarked;
