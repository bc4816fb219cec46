@NullMarked
package io.lookout.query.federate;

import org.jspecify.annotations.NullMarked;
