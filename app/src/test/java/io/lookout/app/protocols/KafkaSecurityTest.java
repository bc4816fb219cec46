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

  private RunningLookout lookout(String password, String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("security.protocol=SASL_SSL");
    all.add("sasl.mechanism=SCRAM-SHA-512");
    all.add(
        "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required"
            + " username=\"lookout\" password=\""
            + password
            + "\";");
    return RunningLookout.start(
        directory.resolve("data"),
        "transport=kafka",
        "kafka.transport.topic=secured",
        "kafka.transport.group=secured",
        "kafka.transport.partitions=2",
        "kafka.brokers=" + broker.secureAddress(),
        "kafka.timeout=5s",
        "kafka.properties=" + String.join(",", all));
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
    String[] trust = {"ssl.truststore.type=PEM", "ssl.truststore.location=" + broker.authority()};
    try (RunningLookout lookout = lookout("wrong", trust)) {
      awaitAnswer(lookout, 503, "SaslAuthenticationException");
    }
    try (RunningLookout lookout = lookout(PASSWORD)) {
      awaitAnswer(lookout, 503, "SslAuthenticationException");
    }
    try (RunningLookout lookout = lookout(PASSWORD, trust)) {
      awaitAnswer(lookout, 204, "");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(lookout.value("secured")).isEqualTo(7));
    }
  }
}
