package io.lookout.cluster.settings;

/** Where a setting was given, so that an error can send its reader there. */
public sealed interface Origin {
  /** Given by nobody. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /** A line of a file, counted from 1. */
  record File(String name, int line) implements Origin {
    @Override
    public String toString() {
      return name + ":" + line;
    }
  }

  /** A variable of the environment. */
  record Environment(String variable) implements Origin {
    @Override
    public String toString() {
      return "environment variable " + variable;
    }
  }

  /** An option such as {@code --listen} or {@code --set}. */
  record CommandLine(String option) implements Origin {
    @Override
    public String toString() {
      return "option " + option;
    }
  }
}
