package io.lookout.app.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority of a test's own and a certificate of it for 127.0.0.1, made by the JDK.
 *
 * @param keyStore PKCS 12, with the key of the certificate
 * @param certificate of the authority, PEM: what clients are to trust
 */
public record TestAuthority(Path keyStore, Path certificate) {
  static final String PASSWORD = "secret-of-the-test";

  private static final String ISSUER = "authority";
  private static final String SERVER = "server";

  /** Makes both in a directory. */
  static TestAuthority make(Path directory) throws IOException {
    Path store = directory.resolve("server.p12");
    Path certificate = directory.resolve("authority.pem");
    keytool(store, ISSUER, "-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "bc:c");
    keytool(
        store,
        SERVER,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-signer",
        ISSUER,
        "-dname",
        "CN=server",
        "-ext",
        "SAN=IP:127.0.0.1");
    keytool(store, ISSUER, "-exportcert", "-rfc", "-file", certificate.toString());
    // A server must not take the authority's key for its own.
    keytool(store, ISSUER, "-delete");
    return new TestAuthority(store, certificate);
  }

  private static void keytool(Path store, String alias, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", alias, "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Path log = store.resolveSibling("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
  }
}
