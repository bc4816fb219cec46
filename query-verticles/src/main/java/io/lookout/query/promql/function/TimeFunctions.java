package io.lookout.query.promql.function;

/** Scalars without arguments. */
final class TimeFunctions {
  private TimeFunctions() {}

  static void register(Functions.Registry registry) {
    registry.time("time", time -> time / 1000.0).time("pi", time -> Math.PI);
  }
}
