package io.lookout.ingest.scrape.fetch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request and its answer at the near end of a tunnel. */
final class TunnelExchange extends SimpleChannelInboundHandler<HttpObject> {
  private final Call call;
  private final Promise<Received> answer;
  private final Buffer body = Buffer.buffer();
  private @Nullable HttpResponse head;

  TunnelExchange(Call call, Promise<Received> answer) {
    this.call = call;
    this.answer = answer;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.writeAndFlush(request()).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private FullHttpRequest request() {
    ByteBuf content = Unpooled.wrappedBuffer(call.body().getBytes());
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.method().name()), call.target(), content);
    for (Map.Entry<String, String> header : call.headers()) {
      request.headers().add(header.getKey(), header.getValue());
    }
    request.headers().set(HttpHeaderNames.HOST, String.valueOf(call.url().getRawAuthority()));
    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (content.isReadable()) {
      request.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    }
    return request;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      answer.tryFail(part.decoderResult().cause());
    }
    if (part instanceof HttpResponse response) {
      head = response;
    }
    HttpResponse begun = head;
    if (begun == null || begun.status().code() < 200) {
      return;
    }
    if (begun.status().code() != 200) {
      complete(begun);
    } else if (part instanceof HttpContent content) {
      append(content.content());
      if (part instanceof LastHttpContent) {
        complete(begun);
      }
    }
  }

  private void append(ByteBuf content) {
    if (body.length() + (long) content.readableBytes() > call.limit()) {
      answer.tryFail(Fetcher.tooLarge());
    } else {
      byte[] bytes = new byte[content.readableBytes()];
      content.readBytes(bytes);
      body.appendBytes(bytes);
    }
  }

  private void complete(HttpResponse begun) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    begun.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
    answer.tryComplete(
        new Received(begun.status().code(), begun.status().reasonPhrase(), headers, body));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    answer.tryFail(new IOException("the connection ended before the answer did"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    answer.tryFail(cause);
  }
}
