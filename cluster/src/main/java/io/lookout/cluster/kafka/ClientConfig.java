package io.lookout.cluster.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The properties of Kafka's clients. What the user gives in {@code kafka.properties} goes last. */
public final class ClientConfig {
  /** A request that is larger is refused here; brokers and topics have limits of their own. */
  private static final int LARGEST_REQUEST = 64 << 20;

  private static final int MOST_RECORDS = 500;
  private static final int FETCH_BYTES = 16 << 20;

  /** Brokers answer when so much is there: many small answers cost more than what is in them. */
  private static final int LEAST_FETCH_BYTES = 1 << 18;

  /** Or after so long. */
  private static final int LONGEST_FETCH_MILLIS = 250;

  /** So that the records of one batch, which go to many partitions, go in one request. */
  private static final int LINGER_MILLIS = 5;

  private ClientConfig() {}

  public static Map<String, Object> admin(KafkaSettings settings) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) settings.timeout().toMillis());
    config.putAll(common(settings));
    return config;
  }

  /**
   * Acknowledged by all replicas in sync, and written once however often it is sent.
   *
   * @param compression of batches of records, as Kafka names it
   */
  public static Map<String, Object> producer(KafkaSettings settings, String compression) {
    Map<String, Object> config = new LinkedHashMap<>();
    int timeout = (int) settings.timeout().toMillis();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    // Senders are turned away before this is full: nobody waits for room here.
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * settings.bufferBytes().bytes());
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.putAll(common(settings));
    return config;
  }

  /**
   * @param member of the group, the same after a restart: it then gets its partitions back at once
   * @param from where a partition is read from that the group has no offset of: earliest or latest
   */
  public static Map<String, Object> consumer(
      KafkaSettings settings, String group, String member, String from) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, from);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, LEAST_FETCH_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH_MILLIS);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) settings.timeout().toMillis());
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.putAll(common(settings));
    return config;
  }

  private static Map<String, Object> common(KafkaSettings settings) {
    Map<String, Object> config = new LinkedHashMap<>();
    int timeout = (int) settings.timeout().toMillis();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", settings.brokers()));
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Math.max(timeout / 2, 50));
    // So that topics and partitions that are made later are seen soon.
    config.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 30_000);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 200);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    config.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
    for (String property : settings.properties()) {
      int at = property.indexOf('=');
      config.put(property.substring(0, at).strip(), property.substring(at + 1).strip());
    }
    return config;
  }
}
