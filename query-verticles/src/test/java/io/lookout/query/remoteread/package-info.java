/** Remote read, with protobuf-java as the oracle. */
@NullMarked
package io.lookout.query.remoteread;

import org.jspecify.annotations.NullMarked;
