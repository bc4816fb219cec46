package io.lookout.cluster.bus;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.wire.WireForm;
import io.lookout.model.bus.wire.WireForms;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The event bus, typed. Messages are those of {@link io.lookout.model.bus}: handed over by
 * reference within the process, in their wire form between processes. Failures arrive as {@link
 * LookoutException} with the code that the answering side gave.
 *
 * <p>The bus has no back-pressure: who sends bounds what is in flight.
 */
public final class Bus {
  private final Vertx vertx;
  private final EventBus events;

  /** The direct consumers of this process by their addresses. */
  private final Map<String, Function<Object, Future<?>>> direct = new ConcurrentHashMap<>();

  /** What consumers of this process know without being asked, by their addresses. */
  private final Map<String, Function<Object, @Nullable Object>> known = new ConcurrentHashMap<>();

  private Bus(Vertx vertx) {
    this.vertx = vertx;
    this.events = vertx.eventBus();
  }

  /** Registers the codecs of all messages. Once per Vert.x, before anything is deployed. */
  public static Bus open(Vertx vertx) {
    WireForms.all().forEach(form -> register(vertx.eventBus(), form));
    return new Bus(vertx);
  }

  private static <M> void register(EventBus events, WireForm<M> form) {
    events.registerDefaultCodec(form.type(), new WireCodec<>(form));
  }

  /**
   * Asks, and waits for the answer.
   *
   * @return fails with {@link LookoutException}: the code of the answering side; {@link
   *     ErrorCode#UNAVAILABLE} where nobody listens; {@link ErrorCode#TIMEOUT} where nobody answers
   *     in time; {@link ErrorCode#INTERNAL} for an answer of another type
   */
  public <R> Future<R> request(String address, Object message, Class<R> answer, Duration timeout) {
    Function<Object, Future<?>> here = direct.get(address);
    return here == null
        ? requestAfar(address, message, answer, timeout)
        : requestHere(address, here.apply(message), answer, timeout);
  }

  private <R> Future<R> requestHere(
      String address, Future<?> answered, Class<R> answer, Duration timeout) {
    return (answered.isComplete() ? answered : backHere(answered, timeout))
        .map(body -> cast(address, body, answer))
        .recover(failure -> Future.failedFuture(BusFailure.fromHere(address, failure)));
  }

  /** An answer that comes later comes on the context that asked, and in time or not at all. */
  private Future<?> backHere(Future<?> answered, Duration timeout) {
    return Future.fromCompletionStage(
        answered.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS).toCompletionStage(),
        vertx.getOrCreateContext());
  }

  private <R> Future<R> requestAfar(
      String address, Object message, Class<R> answer, Duration timeout) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    return events
        .request(address, message, options)
        .map(reply -> cast(address, reply.body(), answer))
        .recover(failure -> Future.failedFuture(BusFailure.fromReply(address, failure)));
  }

  private static <R> R cast(String address, Object body, Class<R> answer) {
    if (answer.isInstance(body)) {
      return answer.cast(body);
    }
    throw new LookoutException(
        ErrorCode.INTERNAL, address + " answered with " + body.getClass().getSimpleName());
  }

  /**
   * Answers the messages of an address. The function runs on the context that calls this method; a
   * message of another type is answered with {@link ErrorCode#BAD_DATA}.
   *
   * @param type of the messages; {@code Object} where an address takes several
   * @return completes when the whole cluster can reach the consumer
   */
  public <M, R> Future<MessageConsumer<Object>> consumer(
      String address, Class<M> type, Function<M, Future<R>> answer) {
    MessageConsumer<Object> consumer =
        events.consumer(address, message -> reply(message, type, answer));
    return consumer.completion().map(consumer);
  }

  /**
   * As {@link #consumer}, for questions that are many and small. Who asks from within the process
   * is spared two changes of threads: the function runs on the thread that asks, and where it has
   * answered when it returns, the answer is there at once.
   *
   * @param answer thread-safe; its future may complete on any context
   */
  public <M, R> Future<Registration> directConsumer(
      String address, Class<M> type, Function<M, Future<R>> answer) {
    return consumer(address, type, answer)
        .map(consumer -> {
          direct.put(address, message -> answered(message, type, answer));
          return () -> {
            direct.remove(address);
            return consumer.unregister();
          };
        });
  }

  /**
   * Tells {@link #known} what a direct consumer can say at once, until the consumer unregisters.
   *
   * @param glance thread-safe, short and without waiting; null for what takes more
   */
  public <M> Registration knows(
      String address, Class<M> type, Function<M, @Nullable Object> glance) {
    known.put(address, message -> glance.apply(checked(message, type)));
    return () -> {
      known.remove(address);
      return Future.succeededFuture();
    };
  }

  /**
   * The answer, where it is at hand in this process: told without waiting, so that an event loop
   * may ask.
   *
   * @return null where it has to be {@linkplain #request requested}
   */
  public <R> @Nullable R known(String address, Object message, Class<R> answer) {
    Function<Object, @Nullable Object> here = known.get(address);
    Object body = here == null ? null : here.apply(message);
    return body == null ? null : cast(address, body, answer);
  }

  /** Of a consumer, until it has enough. */
  @FunctionalInterface
  public interface Registration {
    /** Completes when nobody in the cluster asks it any more. */
    Future<Void> unregister();
  }

  private static <M, R> Future<R> answered(
      Object message, Class<M> type, Function<M, Future<R>> answer) {
    return Future.succeededFuture().compose(start -> answer.apply(checked(message, type)));
  }

  private static <M, R> void reply(
      Message<Object> message, Class<M> type, Function<M, Future<R>> answer) {
    answered(message.body(), type, answer)
        .onSuccess(message::reply)
        .onFailure(failure -> fail(message, failure));
  }

  private static void fail(Message<Object> message, Throwable failure) {
    LookoutException told = BusFailure.told(message.address(), failure);
    message.fail(told.code().busCode(), told.getMessage());
  }

  private static <M> M checked(Object body, Class<M> type) {
    if (type.isInstance(body)) {
      return type.cast(body);
    }
    throw new LookoutException(
        ErrorCode.BAD_DATA, "no message of " + body.getClass().getSimpleName() + " is taken here");
  }

  /** Tells everybody who listens, without an answer. */
  public void publish(String address, Object message) {
    events.publish(address, message);
  }

  /**
   * Tells everybody who listens.
   *
   * @return whether anybody does; completes when the message is handed to the connections of those
   *     who are elsewhere
   */
  public Future<Boolean> publishHeard(String address, Object message) {
    return events
        .publisher(address)
        .write(message)
        .map(true)
        .recover(failure ->
            failure instanceof ReplyException reply
                    && reply.failureType() == ReplyFailure.NO_HANDLERS
                ? Future.succeededFuture(false)
                : Future.failedFuture(failure));
  }

  /**
   * Hears what is published.
   *
   * @return completes when the whole cluster can reach the listener
   */
  public <M> Future<MessageConsumer<Object>> listener(
      String address, Class<M> type, Consumer<M> listener) {
    MessageConsumer<Object> consumer =
        events.consumer(address, message -> listener.accept(checked(message.body(), type)));
    return consumer.completion().map(consumer);
  }
}
