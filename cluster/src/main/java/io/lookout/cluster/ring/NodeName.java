package io.lookout.cluster.ring;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.settings.SettingsException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The name of a node, which no other of the cluster may have: messages to one name go to its
 * bearers in turn, so that each would have a part of the samples, and of each question the other
 * part of the answer. Who starts asks for its own name, and ends where somebody else answers.
 */
public final class NodeName {
  private static final String WHO = "who";

  /** More than the two bearers that there can be: the bus asks them in turn. */
  private static final int QUESTIONS = 4;

  /** Of a node that was killed a moment ago the bus may still know the address. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private NodeName() {}

  /**
   * Takes the name for as long as this node is in the cluster.
   *
   * @return fails with {@link SettingsException} where another node has it
   */
  public static Future<Void> claim(Bus bus, String id) {
    String me = UUID.randomUUID().toString();
    String address = Addresses.name(id);
    return bus.consumer(address, String.class, question -> Future.succeededFuture(me))
        .compose(consumer ->
            ask(bus, address, me, QUESTIONS)
                .compose(alone -> alone ? Future.succeededFuture() : refuse(consumer, id)));
  }

  private static Future<Boolean> ask(Bus bus, String address, String me, int questions) {
    if (questions == 0) {
      return Future.succeededFuture(true);
    }
    return bus.request(address, WHO, String.class, PATIENCE)
        .otherwise(me) // nobody is there, or not any more
        .compose(answer ->
            answer.equals(me)
                ? ask(bus, address, me, questions - 1)
                : Future.succeededFuture(false));
  }

  private static Future<Void> refuse(MessageConsumer<Object> consumer, String id) {
    return consumer
        .unregister()
        .transform(done ->
            Future.failedFuture(
                new SettingsException(
                    List.of(
                        "cluster.node: another node of the cluster is called "
                            + id
                            + " too. Give each a name of its own; where this data directory is a"
                            + " copy, delete the file node-id in it"))));
  }
}
