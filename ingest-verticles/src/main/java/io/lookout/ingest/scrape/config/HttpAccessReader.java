package io.lookout.ingest.scrape.config;

import io.lookout.ingest.scrape.config.HttpAccess.Credentials;
import io.lookout.ingest.scrape.config.HttpAccess.Proxy;
import io.lookout.ingest.scrape.config.HttpAccess.Secret;
import io.lookout.ingest.scrape.config.HttpAccess.Tls;
import io.lookout.ingest.yaml.YamlSection;
import io.lookout.model.SeriesText;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the fields that Prometheus calls {@code HTTP_CONFIG}, wherever they stand.
 *
 * @param directory that relative file names start from
 */
record HttpAccessReader(Path directory) {
  /** RFC 9110, section 5.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");

  HttpAccess read(YamlSection yaml) {
    boolean follow = yaml.flag("follow_redirects", true);
    yaml.ignore("enable_http2");
    return new HttpAccess(credentials(yaml), tls(yaml), proxy(yaml), headers(yaml), follow);
  }

  private static Proxy proxy(YamlSection yaml) {
    Optional<URI> url = yaml.parsed("proxy_url", HttpAccessReader::proxyUrl);
    List<String> except = yaml.words("no_proxy");
    boolean fromEnvironment = yaml.flag("proxy_from_environment", false);
    if (fromEnvironment && (url.isPresent() || !except.isEmpty())) {
      throw yaml.problem(
          "proxy_from_environment",
          "if proxy_from_environment is configured, proxy_url and no_proxy must not be");
    }
    if (!except.isEmpty() && url.isEmpty()) {
      throw yaml.problem(
          "no_proxy", "if no_proxy is configured, proxy_url must also be configured");
    }
    Map<String, List<String>> headers = connectHeaders(yaml);
    if (!headers.isEmpty() && url.isEmpty() && !fromEnvironment) {
      throw yaml.problem(
          "proxy_connect_header",
          "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be"
              + " configured");
    }
    return new Proxy(url, except, fromEnvironment, headers);
  }

  private static Map<String, List<String>> connectHeaders(YamlSection yaml) {
    Map<String, List<String>> headers = yaml.lists("proxy_connect_header");
    headers.forEach((name, values) -> {
      if (!TOKEN.matcher(name).matches()) {
        throw yaml.problem("proxy_connect_header", SeriesText.quote(name) + " is no header name");
      }
      if (values.stream().anyMatch(value -> CONTROL.matcher(value).find())) {
        throw yaml.problem(
            "proxy_connect_header", "a value of " + name + " holds control characters");
      }
    });
    return headers;
  }

  private static URI proxyUrl(String text) {
    URI url = URI.create(text);
    if (!Set.of("http", "socks5").contains(String.valueOf(url.getScheme()))
        || UrlAuthority.of(url).host().isEmpty()) {
      throw new IllegalArgumentException("must be http://HOST:PORT or socks5://HOST:PORT");
    }
    return url;
  }

  private Optional<Credentials> credentials(YamlSection yaml) {
    List<Credentials> all = new ArrayList<>();
    yaml.section("basic_auth").ifPresent(inner -> all.add(basic(inner)));
    yaml.section("authorization").ifPresent(inner -> all.add(token(inner)));
    yaml.section("oauth2").ifPresent(inner -> all.add(oauth2(inner)));
    secret(yaml, "bearer_token", "bearer_token_file")
        .ifPresent(token -> all.add(new Credentials.Token("Bearer", token)));
    if (all.size() > 1) {
      throw yaml.problem(
          "at most one of basic_auth, authorization, oauth2 and bearer_token must be configured");
    }
    return all.stream().findFirst();
  }

  private Credentials basic(YamlSection yaml) {
    Secret none = new Secret.Inline("");
    Secret user = secret(yaml, "username", "username_file").orElse(none);
    Secret password = secret(yaml, "password", "password_file").orElse(none);
    yaml.end("basic_auth");
    return new Credentials.Basic(user, password);
  }

  private Credentials token(YamlSection yaml) {
    String type = yaml.text("type", "Bearer").strip();
    if (type.equalsIgnoreCase("basic")) {
      throw yaml.problem("type", "authorization type cannot be basic; use basic_auth");
    }
    Secret value =
        secret(yaml, "credentials", "credentials_file")
            .orElseThrow(() -> yaml.problem("authorization needs credentials or credentials_file"));
    yaml.end("authorization");
    return new Credentials.Token(type, value);
  }

  private Credentials oauth2(YamlSection yaml) {
    Credentials.OAuth2 read =
        new Credentials.OAuth2(
            yaml.text("client_id", ""),
            secret(yaml, "client_secret", "client_secret_file")
                .orElseThrow(() -> yaml.problem("oauth2 needs client_secret")),
            yaml.parsed("token_url", URI::create)
                .orElseThrow(() -> yaml.problem("oauth2 needs token_url")),
            yaml.texts("scopes"),
            yaml.strings("endpoint_params"),
            tls(yaml),
            proxy(yaml));
    yaml.end("oauth2");
    return read;
  }

  private Tls tls(YamlSection parent) {
    return parent.section("tls_config").map(this::readTls).orElse(Tls.PLAIN);
  }

  private Tls readTls(YamlSection yaml) {
    Tls tls =
        new Tls(
            secret(yaml, "ca", "ca_file"),
            secret(yaml, "cert", "cert_file"),
            secret(yaml, "key", "key_file"),
            yaml.text("server_name", ""),
            yaml.flag("insecure_skip_verify", false),
            version(yaml, "min_version"),
            version(yaml, "max_version"));
    if (tls.certificate().isPresent() != tls.key().isPresent()) {
      throw yaml.problem("tls_config needs both certificate and key, or none of them");
    }
    yaml.end("tls_config");
    return tls;
  }

  private static String version(YamlSection yaml, String key) {
    return yaml.parsed(
            key,
            name ->
                switch (name) {
                  case "TLS10" -> "TLSv1";
                  case "TLS11" -> "TLSv1.1";
                  case "TLS12" -> "TLSv1.2";
                  case "TLS13" -> "TLSv1.3";
                  default -> throw new IllegalArgumentException("is not TLS10 to TLS13");
                })
        .orElse("");
  }

  private Map<String, List<Secret>> headers(YamlSection yaml) {
    Map<String, List<Secret>> headers = new LinkedHashMap<>();
    yaml.section("http_headers")
        .ifPresent(all -> {
          for (String name : all.names()) {
            all.section(name).ifPresent(one -> headers.put(name, header(one)));
          }
        });
    return headers;
  }

  private List<Secret> header(YamlSection yaml) {
    List<Secret> values = new ArrayList<>();
    yaml.texts("values").forEach(value -> values.add(inline(value)));
    yaml.texts("secrets").forEach(value -> values.add(inline(value)));
    yaml.texts("files").forEach(file -> values.add(new Secret.InFile(directory.resolve(file))));
    yaml.end("http_headers");
    return values;
  }

  private Secret inline(String value) {
    return new Secret.Inline(value);
  }

  private Optional<Secret> secret(YamlSection yaml, String inline, String inFile) {
    Optional<Secret> value = yaml.text(inline).map(Secret.Inline::new);
    Optional<Secret> file =
        yaml.text(inFile).map(name -> new Secret.InFile(directory.resolve(name)));
    if (value.isPresent() && file.isPresent()) {
      throw yaml.problem(
          inFile, "at most one of " + inline + " and " + inFile + " must be configured");
    }
    return value.or(() -> file);
  }
}
