package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.KafkaBroker;
import io.lookout.app.process.SharedKafkaBroker;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real broker that is reached by TLS and asks for a name and a password. */
@ExtendWith(SharedKafkaBroker.class)
class KafkaSecurityTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String PASSWORD = "secret of the test";

  @TempDir private Path directory = Path.of("");

  private final KafkaBroker broker;

  KafkaSecurityTest(KafkaBroker broker) {
    this.broker = broker;
  }

  private void admitLookout() throws Exception {
    ScramCredentialInfo kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion("lookout", kind, PASSWORD)))
          .all()
          .get();
    }
  }

  private static List<String> scram(String password) {
    return List.of(
        "sasl.mechanism=SCRAM-SHA-512",
        "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required"
            + " username=\"lookout\" password=\"%s\";".formatted(password));
  }

  private static List<String> plain(String password) {
    return List.of(
        "sasl.mechanism=PLAIN",
        "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"%s\" password=\"%s\";".formatted(KafkaBroker.PLAIN_USER, password));
  }

  private List<String> withTls(List<String> login) {
    return with(
        login,
        "security.protocol=SASL_SSL",
        "ssl.truststore.type=PEM",
        "ssl.truststore.location=" + broker.authority());
  }

  private static List<String> with(List<String> login, String... more) {
    List<String> all = new ArrayList<>(login);
    all.addAll(List.of(more));
    return all;
  }

  private RunningLookout lookout(String topic, String address, List<String> properties) {
    return RunningLookout.start(
        directory.resolve(topic),
        "transport=kafka",
        "kafka.transport.topic=" + topic,
        "kafka.transport.group=" + topic,
        "kafka.transport.partitions=2",
        "kafka.brokers=" + address,
        "kafka.timeout=5s",
        "kafka.properties=" + String.join(",", properties));
  }

  private static void turnsAway(RunningLookout lookout, String why) {
    try (lookout) {
      awaitAnswer(lookout, 503, why);
    }
  }

  private static void takesAndStores(RunningLookout lookout) {
    try (lookout) {
      awaitAnswer(lookout, 204, "");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(lookout.value("secured")).isEqualTo(7));
    }
  }

  private static void awaitAnswer(RunningLookout lookout, int status, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          HttpResponse<String> answer = lookout.post("/api/v1/import/prometheus", "secured 7\n");
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
          assertThat(answer.body()).contains(text);
        });
  }

  @Test
  void samplesPassWithTlsAndAPassword() throws Exception {
    admitLookout();
    String secure = broker.secureAddress();
    turnsAway(lookout("scram", secure, withTls(scram("wrong"))), "SaslAuthenticationException");
    turnsAway(
        lookout("scram", secure, with(scram(PASSWORD), "security.protocol=SASL_SSL")),
        "SslAuthenticationException");
    takesAndStores(lookout("scram", secure, withTls(scram(PASSWORD))));
  }

  @Test
  void samplesPassWithAPlainPassword() {
    String[] open = {"security.protocol=SASL_PLAINTEXT"};
    String address = broker.passwordAddress();
    turnsAway(lookout("plain", address, with(plain("wrong"), open)), "SaslAuthenticationException");
    takesAndStores(lookout("plain", address, with(plain(KafkaBroker.PLAIN_PASSWORD), open)));
  }

  @Test
  void samplesPassWithTlsAndAPlainPassword() {
    takesAndStores(
        lookout("plain-tls", broker.secureAddress(), withTls(plain(KafkaBroker.PLAIN_PASSWORD))));
  }
}
