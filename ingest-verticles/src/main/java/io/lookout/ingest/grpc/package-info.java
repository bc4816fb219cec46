/**
 * Unary gRPC calls over HTTP/2: the frame around a message, and statuses in trailers. Source: "gRPC
 * over HTTP2" of the gRPC project.
 */
@NullMarked
package io.lookout.ingest.grpc;

import org.jspecify.annotations.NullMarked;
