package io.lookout.ingest.grpc;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Which requests are calls, and the answers to those that are for nobody. */
public final class GrpcCall {
  private GrpcCall() {}

  /** Whether somebody speaks gRPC. */
  public static boolean isOne(HttpServerRequest request) {
    @Nullable String type = request.getHeader("Content-Type");
    return request.version() == HttpVersion.HTTP_2
        && request.method().equals(HttpMethod.POST)
        && type != null
        && (type.equals(GrpcReply.TYPE)
            || type.startsWith(GrpcReply.TYPE + "+proto")
            || type.startsWith(GrpcReply.TYPE + ";"));
  }

  /** Tells those who do not in words of HTTP. */
  public static void refuse(HttpServerRequest request) {
    request.resume();
    request
        .response()
        .setStatusCode(415)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end("this port takes gRPC: POST over HTTP/2 with Content-Type application/grpc\n");
  }

  /** Nobody implements the method that is called. */
  public static void unimplemented(HttpServerRequest request, String text) {
    request.resume();
    HttpServerResponse response = request.response();
    response
        .putHeader("Content-Type", GrpcReply.TYPE)
        .putHeader("grpc-status", Integer.toString(Code.UNIMPLEMENTED.number()))
        .putHeader("grpc-message", GrpcReply.percentEncoded(text))
        .end();
  }
}
