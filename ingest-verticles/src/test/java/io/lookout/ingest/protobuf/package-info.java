@NullMarked
package io.lookout.ingest.protobuf;

import org.jspecify.annotations.NullMarked;
