package io.lookout.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void keepsTheNameOfTheNode() throws IOException {
    String name;
    try (DataDirectory first = DataDirectory.open(directory.resolve("data"))) {
      name = first.nodeId(new SplittableRandom(1));
    }
    try (DataDirectory again = DataDirectory.open(directory.resolve("data"))) {
      assertThat(again.nodeId(new SplittableRandom(2))).isEqualTo(name).startsWith("node-");
    }
  }

  @Test
  void keepsASecondNodeOut() throws IOException {
    try (DataDirectory first = DataDirectory.open(directory)) {
      assertThat(first.path()).isEqualTo(directory);
      assertThatThrownBy(() -> DataDirectory.open(directory))
          .isInstanceOf(StartException.class)
          .hasMessageContainingAll("is in use by another Lookout", "--data DIR");
    }
    DataDirectory.open(directory).close();
  }

  @Test
  void saysThatItCannotBeWrittenTo() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("cannot be written to", "--data DIR");
  }
}
