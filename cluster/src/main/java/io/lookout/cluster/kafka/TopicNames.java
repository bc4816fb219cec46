package io.lookout.cluster.kafka;

import java.util.regex.Pattern;

/** What Kafka allows as the name of a topic. */
public final class TopicNames {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private TopicNames() {}

  /**
   * @throws IllegalArgumentException that names the setting, where Kafka would refuse the name
   */
  public static void check(String setting, String topic) {
    if (!LEGAL.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
      throw new IllegalArgumentException(
          setting + ": '" + topic + "' is no name of a topic: letters, digits, '.', '_' and '-'");
    }
  }
}
