package io.lookout.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.Results;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.StorageCall;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.open(vertx);

  @AfterEach
  void close() {
    Results.of(vertx.close());
  }

  @Test
  void handsMessagesOverByReference() {
    AtomicReference<Object> received = new AtomicReference<>();
    WriteResult result = new WriteResult(3, List.of());
    Results.of(
        bus.consumer(
            "a",
            WriteBatch.class,
            batch -> {
              received.set(batch);
              return Future.succeededFuture(result);
            }));
    WriteBatch batch = new WriteBatch.Builder("t", 1).build();
    assertThat(Results.of(bus.request("a", batch, WriteResult.class, SOON))).isSameAs(result);
    assertThat(received.get()).isSameAs(batch);
  }

  @Test
  void carriesTheErrorCodeAndTheMessage() {
    for (ErrorCode code : ErrorCode.values()) {
      Results.of(
          bus.consumer(
              code.name(),
              SelectNext.class,
              next -> Future.<SelectResult>failedFuture(new LookoutException(code, "no " + code))));
      assertThatThrownBy(() -> ask(code.name(), SOON))
          .isInstanceOfSatisfying(
              LookoutException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(code);
                assertThat(failure).hasMessage("no " + code);
              });
    }
  }

  @Test
  void anUnexpectedFailureIsInternal() {
    Results.of(
        bus.consumer(
            "a",
            SelectNext.class,
            next -> {
              throw new IllegalStateException("broken");
            }));
    assertFails(() -> ask("a", SOON), ErrorCode.INTERNAL, "broken");
  }

  @Test
  void anAddressWithoutConsumerIsUnavailable() {
    assertFails(() -> ask("nobody", SOON), ErrorCode.UNAVAILABLE, "nobody is not there");
  }

  @Test
  void aSilentConsumerIsATimeout() {
    Results.of(
        bus.consumer("a", SelectNext.class, next -> Future.<SelectResult>future(promise -> {})));
    assertFails(
        () -> ask("a", Duration.ofMillis(20)), ErrorCode.TIMEOUT, "a did not answer in time");
  }

  @Test
  void aMessageOfAnotherTypeIsRefused() {
    Results.of(
        bus.consumer(
            "a", SelectNext.class, next -> Future.succeededFuture(new WriteResult(0, List.of()))));
    assertFails(
        () -> Results.of(bus.request("a", new StorageCall(), WriteResult.class, SOON)),
        ErrorCode.BAD_DATA,
        "no message of StorageCall");
    assertFails(() -> ask("a", SOON), ErrorCode.INTERNAL, "answered with WriteResult");
  }

  @Test
  void aDirectConsumerRunsOnTheThreadThatAsks() {
    AtomicReference<Thread> ran = new AtomicReference<>();
    SelectResult result = new SelectResult(List.of(), "");
    Results.of(
        bus.directConsumer(
            "a",
            SelectNext.class,
            next -> {
              ran.set(Thread.currentThread());
              return Future.succeededFuture(result);
            }));
    assertThat(ask("a", SOON)).isSameAs(result);
    assertThat(ran.get()).isSameAs(Thread.currentThread());
  }

  @Test
  void aDirectAnswerComesBackToTheContextThatAsked() {
    Results.of(
        bus.directConsumer(
            "a",
            SelectNext.class,
            next ->
                vertx.getOrCreateContext().executeBlocking(() -> new SelectResult(List.of(), ""))));
    Context asking = vertx.getOrCreateContext();
    Future<Boolean> there =
        Future.future(promise ->
            asking.runOnContext(go ->
                bus.request("a", new SelectNext("c"), SelectResult.class, SOON)
                    .map(answer -> Objects.equals(Vertx.currentContext(), asking))
                    .onComplete(promise)));
    assertThat(Results.of(there)).isTrue();
  }

  @Test
  void whatIsKnownHereIsToldAtOnce() {
    SelectResult result = new SelectResult(List.of(), "");
    assertThat(bus.known("a", new SelectNext("c"), SelectResult.class)).isNull();
    Bus.Registration registration =
        bus.knows("a", SelectNext.class, next -> next.cursor().equals("c") ? result : null);
    assertThat(bus.known("a", new SelectNext("c"), SelectResult.class)).isSameAs(result);
    assertThat(bus.known("a", new SelectNext("d"), SelectResult.class)).isNull();
    Results.of(registration.unregister());
    assertThat(bus.known("a", new SelectNext("c"), SelectResult.class)).isNull();
  }

  @Test
  void failuresOfADirectConsumerAreThoseOfAnyOther() {
    Results.of(
        bus.directConsumer(
            "broken",
            SelectNext.class,
            next -> {
              throw new IllegalStateException("broken");
            }));
    assertFails(() -> ask("broken", SOON), ErrorCode.INTERNAL, "broken");
    Results.of(
        bus.directConsumer(
            "refuses",
            SelectNext.class,
            next ->
                Future.<SelectResult>failedFuture(
                    new LookoutException(ErrorCode.EXECUTION, "too much"))));
    assertFails(() -> ask("refuses", SOON), ErrorCode.EXECUTION, "too much");
    assertFails(
        () -> Results.of(bus.request("refuses", new StorageCall(), SelectResult.class, SOON)),
        ErrorCode.BAD_DATA,
        "no message of StorageCall");
    Results.of(
        bus.directConsumer(
            "silent", SelectNext.class, next -> Future.<SelectResult>future(promise -> {})));
    assertFails(
        () -> ask("silent", Duration.ofMillis(20)),
        ErrorCode.TIMEOUT,
        "silent did not answer in time");
  }

  @Test
  void aDirectConsumerThatLeftIsUnavailable() {
    Bus.Registration consumer =
        Results.of(
            bus.directConsumer(
                "a",
                SelectNext.class,
                next -> Future.succeededFuture(new SelectResult(List.of(), ""))));
    Results.of(consumer.unregister());
    assertFails(() -> ask("a", SOON), ErrorCode.UNAVAILABLE, "a is not there");
  }

  private SelectResult ask(String address, Duration timeout) {
    return Results.of(bus.request(address, new SelectNext("c"), SelectResult.class, timeout));
  }

  private static void assertFails(Runnable request, ErrorCode code, String message) {
    assertThatThrownBy(request::run)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            LookoutException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
