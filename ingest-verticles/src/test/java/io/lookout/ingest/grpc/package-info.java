@NullMarked
package io.lookout.ingest.grpc;

import org.jspecify.annotations.NullMarked;
