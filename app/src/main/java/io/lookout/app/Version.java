package io.lookout.app;

import io.lookout.cluster.http.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What the build wrote down of itself. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Lookout " + build().version() + " (Java " + Runtime.version() + ")"};
  }

  static BuildInfo build() {
    Properties properties = new Properties();
    try (@Nullable InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties cannot be read", e);
    }
    return new BuildInfo(
        properties.getProperty("version", "unknown"), properties.getProperty("revision", ""));
  }
}
