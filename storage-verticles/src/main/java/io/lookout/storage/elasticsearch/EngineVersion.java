package io.lookout.storage.elasticsearch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major and minor version: what engines differ in does not change within one. */
record EngineVersion(int major, int minor) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\..*|-.*)?");

  /**
   * @throws EngineException for text that is no version
   */
  static EngineVersion parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new EngineException("'" + text + "' is no version of an engine");
    }
    return new EngineVersion(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  boolean isAtLeast(EngineVersion other) {
    return major > other.major || (major == other.major && minor >= other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
