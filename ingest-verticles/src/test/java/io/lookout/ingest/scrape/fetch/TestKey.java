package io.lookout.ingest.scrape.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A key and a certificate that it has signed itself, made by the JDK, as files in PEM.
 *
 * @param pem the certificate
 * @param key PKCS 8
 */
record TestKey(Path pem, Path key) {
  private static final String PASSWORD = "secret-of-the-test";

  /**
   * @param name that the certificate is for
   */
  static TestKey make(Path directory, String name) throws IOException, GeneralSecurityException {
    Path store = directory.resolve(name + ".p12");
    Path log = directory.resolve(name + ".log");
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
                    "SAN=DNS:" + name,
                    "-validity",
                    "3650",
                    "-alias",
                    "test",
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
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new TestKey(
        pem(
            directory.resolve(name + ".pem"),
            "CERTIFICATE",
            keys.getCertificate("test").getEncoded()),
        pem(
            directory.resolve(name + ".key"),
            "PRIVATE KEY",
            keys.getKey("test", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }
}
