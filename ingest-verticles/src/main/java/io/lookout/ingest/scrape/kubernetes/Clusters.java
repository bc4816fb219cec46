package io.lookout.ingest.scrape.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.HttpAccess.Credentials;
import io.lookout.ingest.scrape.config.HttpAccess.Proxy;
import io.lookout.ingest.scrape.config.HttpAccess.Secret;
import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;

/** Opens clients of API servers: that of the cluster around this process, or another. Blocks. */
public final class Clusters {
  private Clusters() {}

  public static KubernetesClient open(Discovery.Kubernetes config) {
    return new KubernetesClientBuilder().withConfig(clientConfig(config)).build();
  }

  private static Config clientConfig(Discovery.Kubernetes config) {
    if (config.kubeConfig().isPresent()) {
      return Config.fromKubeconfig(config.kubeConfig().get().toFile());
    }
    if (config.apiServer().isEmpty()) {
      return Config.autoConfigure(null);
    }
    ConfigBuilder builder =
        new ConfigBuilder(Config.empty()).withMasterUrl(config.apiServer().get().toString());
    Tls tls = config.access().tls();
    builder.withTrustCerts(tls.insecure());
    tls.authorities().ifPresent(pem -> builder.withCaCertData(base64(pem)));
    tls.certificate().ifPresent(pem -> builder.withClientCertData(base64(pem)));
    tls.key().ifPresent(pem -> builder.withClientKeyData(base64(pem)));
    config.access().authorization().ifPresent(credentials -> authorize(builder, credentials));
    throughProxy(builder, config.access().proxy());
    return builder.build();
  }

  private static void throughProxy(ConfigBuilder builder, Proxy proxy) {
    proxy
        .url()
        .ifPresent(url ->
            builder
                .withHttpProxy(url.toString())
                .withHttpsProxy(url.toString())
                .withNoProxy(proxy.except().toArray(String[]::new)));
  }

  private static void authorize(ConfigBuilder builder, Credentials credentials) {
    switch (credentials) {
      case Credentials.Basic basic ->
          builder.withUsername(read(basic.user())).withPassword(read(basic.password()));
      case Credentials.Token token -> builder.withOauthTokenProvider(() -> read(token.value()));
      case Credentials.OAuth2 oauth2 ->
          throw new LookoutException(
              ErrorCode.BAD_DATA, "oauth2 is not supported for Kubernetes discovery");
    }
  }

  private static String base64(Secret pem) {
    return Base64.getEncoder().encodeToString(read(pem).getBytes(StandardCharsets.UTF_8));
  }

  private static String read(Secret secret) {
    return switch (secret) {
      case Secret.Inline inline -> inline.value();
      case Secret.InFile file -> {
        try {
          yield Files.readString(file.path()).strip();
        } catch (IOException e) {
          throw new LookoutException(
              ErrorCode.UNAVAILABLE, "unable to read file " + file.path(), e);
        }
      }
    };
  }
}
