package io.lookout.app.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KafkaBroker} that all classes of a run share, because it takes seconds to
 * start: each has topics and groups of its own, and none may kill it.
 */
public final class SharedKafkaBroker implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedKafkaBroker.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaBroker.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Running.class, first -> start(), Running.class);
    return Objects.requireNonNull(running).broker();
  }

  private static Running start() {
    try {
      Path home = Files.createTempDirectory("kafka");
      return new Running(home, KafkaBroker.startWithSecurity(home));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closed by JUnit when the last test has ended. */
  private record Running(Path home, KafkaBroker broker) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      broker.close();
      try (Stream<Path> all = Files.walk(home)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
