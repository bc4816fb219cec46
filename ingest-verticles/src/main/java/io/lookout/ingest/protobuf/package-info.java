/** Reading protobuf messages where they lie in a byte array. */
@NullMarked
package io.lookout.ingest.protobuf;

import org.jspecify.annotations.NullMarked;
