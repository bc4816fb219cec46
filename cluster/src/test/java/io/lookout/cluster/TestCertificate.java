package io.lookout.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A key and a certificate that it has signed itself, made by the JDK: trusted by nobody who was not
 * told to.
 *
 * @param store PKCS 12, with the key; opened by {@link #PASSWORD}
 * @param pem the certificate alone
 * @param key PKCS 8 in PEM
 */
public record TestCertificate(Path store, Path pem, Path key) {
  public static final String PASSWORD = "secret-of-the-test";

  private static final String ALIAS = "test";

  /**
   * @param name of the files
   * @param host that the certificate is for: {@code IP:127.0.0.1} or {@code DNS:name}
   */
  public static TestCertificate make(Path directory, String name, String host)
      throws IOException, GeneralSecurityException {
    Path store = directory.resolve(name + ".p12");
    generate(store, name, host);
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new TestCertificate(
        store,
        pem(
            directory.resolve(name + ".pem"),
            "CERTIFICATE",
            keys.getCertificate(ALIAS).getEncoded()),
        pem(
            directory.resolve(name + ".key"),
            "PRIVATE KEY",
            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
  }

  private static void generate(Path store, String name, String host) throws IOException {
    Path log = store.resolveSibling(name + ".log");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "SAN=" + host,
                    "-validity",
                    "3650",
                    "-alias",
                    ALIAS,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
  }

  private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }
}
