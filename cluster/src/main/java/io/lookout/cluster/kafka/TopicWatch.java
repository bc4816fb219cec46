package io.lookout.cluster.kafka;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how many partitions a topic has, and makes it where it is missing. Brokers that are away
 * are asked again until they answer: a node starts without them. Thread-safe.
 */
public final class TopicWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
  private static final long SOON_MILLIS = 500;
  private static final long LATER_MILLIS = 30_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Admin admin;
  private final TopicSpec spec;
  private final Promise<Integer> known = Promise.promise();
  private volatile int partitions;
  private volatile String trouble;
  private volatile boolean closed;
  private volatile long timer = -1;

  private TopicWatch(Vertx vertx, Admin admin, TopicSpec spec) {
    this.vertx = vertx;
    this.admin = admin;
    this.spec = spec;
    this.trouble = "topic " + spec.name() + " was not looked for yet";
  }

  /** Begins to look. Fails where the client cannot be made of its settings. */
  public static Future<TopicWatch> begin(Vertx vertx, KafkaSettings settings, TopicSpec spec) {
    return vertx
        .executeBlocking(() -> Admin.create(ClientConfig.admin(settings)))
        .map(admin -> {
          TopicWatch watch = new TopicWatch(vertx, admin, spec);
          watch.look();
          return watch;
        })
        .recover(failure -> Future.failedFuture(KafkaFailure.ofClient(settings, failure)));
  }

  /** How many partitions the topic has; 0 as long as that is not known. */
  public int partitions() {
    return partitions;
  }

  /** Why that is not known. */
  public String trouble() {
    return trouble;
  }

  /** Completes when the topic is there. */
  public Future<Integer> known() {
    return known.future();
  }

  public String topic() {
    return spec.name();
  }

  private void look() {
    describe()
        .recover(failure ->
            KafkaFailure.cause(failure) instanceof UnknownTopicOrPartitionException
                ? create()
                : Future.failedFuture(failure))
        .onSuccess(this::found)
        .onFailure(this::failed)
        .onComplete(done -> {
          if (!closed) {
            timer = vertx.setTimer(done.succeeded() ? LATER_MILLIS : SOON_MILLIS, tick -> look());
          }
        });
  }

  private <T> Future<T> asked(KafkaFuture<T> answer) {
    return Future.fromCompletionStage(answer.toCompletionStage(), vertx.getOrCreateContext());
  }

  private Future<Integer> describe() {
    return asked(admin.describeTopics(List.of(spec.name())).allTopicNames())
        .map(all -> Objects.requireNonNull(all.get(spec.name())).partitions().size());
  }

  private Future<Integer> create() {
    return asked(admin.createTopics(List.of(spec.newTopic())).all())
        .onSuccess(
            made -> LOG.info("Made topic {} of {} partitions", spec.name(), spec.partitions()))
        .map(made -> spec.partitions())
        .recover(failure ->
            KafkaFailure.cause(failure) instanceof TopicExistsException
                ? describe()
                : Future.failedFuture(failure));
  }

  private void found(int count) {
    if (count != partitions) {
      LOG.info("Topic {} has {} partitions", spec.name(), count);
      partitions = count;
      known.tryComplete(count);
    }
  }

  /** Told when it begins; what is known stays known. */
  private void failed(Throwable failure) {
    String now = "topic " + spec.name() + " cannot be found or made: " + KafkaFailure.text(failure);
    if (!closed && !now.equals(trouble)) {
      LOG.warn("Kafka: {}. It is asked again until it can", now);
    }
    trouble = now;
  }

  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    return vertx.executeBlocking(() -> {
      admin.close(PATIENCE);
      return null;
    });
  }
}
