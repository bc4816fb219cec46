package io.lookout.app.log;

import io.lookout.cluster.settings.Setting;

/** What is logged, and how. */
public record LogSettings(
    @Setting(name = "log.format", defaultValue = "text", help = "Lines for people: text; or json.")
        Format format,
    @Setting(
            name = "log.level",
            defaultValue = "info",
            help = "The least severe level that is logged: error, warn, info, debug.")
        Level level) {
  /** How a log event is written. */
  public enum Format {
    TEXT,
    JSON
  }

  /** How severe an event must be. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }
}
