package io.lookout.query.promql.function;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.HashMap;
import java.util.Map;

/**
 * All functions by name. A family of functions is a class with a method that registers them; it is
 * named here.
 */
public final class Functions {
  /** Where families put their functions. */
  static final class Registry {
    private final Map<String, FunctionEntry> entries = new HashMap<>();

    Registry range(String name, RangeFunction function) {
      return put(new FunctionEntry(name, function, false, false));
    }

    /** The results keep the metric name. */
    Registry rangeKeepingName(String name, RangeFunction function) {
      return put(new FunctionEntry(name, function, true, false));
    }

    Registry sample(String name, SampleFunction function) {
      return put(new FunctionEntry(name, function, false, false));
    }

    Registry vector(String name, VectorFunction function) {
      return put(new FunctionEntry(name, function, false, false));
    }

    /** The order of the result means something. */
    Registry ordering(String name, VectorFunction function) {
      return put(new FunctionEntry(name, function, false, true));
    }

    Registry time(String name, TimeFunction function) {
      return put(new FunctionEntry(name, function, false, false));
    }

    private Registry put(FunctionEntry entry) {
      if (entries.put(entry.name(), entry) != null) {
        throw new IllegalStateException("function " + entry.name() + " is registered twice");
      }
      return this;
    }
  }

  private static final Map<String, FunctionEntry> ALL = collect();

  private Functions() {}

  private static Map<String, FunctionEntry> collect() {
    Registry registry = new Registry();
    TimeFunctions.register(registry);
    CounterFunctions.register(registry);
    OverTimeFunctions.register(registry);
    ExtremeFunctions.register(registry);
    ChangeFunctions.register(registry);
    TrendFunctions.register(registry);
    MathFunctions.register(registry);
    DateFunctions.register(registry);
    HistogramFunctions.register(registry);
    QuantileFunctions.register(registry);
    AbsenceFunctions.register(registry);
    SortFunctions.register(registry);
    LabelFunctions.register(registry);
    InfoFunction.register(registry);
    SofaLookoutFunctions.register(registry);
    return Map.copyOf(registry.entries);
  }

  /**
   * @throws LookoutException with {@link ErrorCode#EXECUTION} for a function that is known to the
   *     language but not to the evaluator
   */
  public static FunctionEntry get(String name) {
    FunctionEntry entry = ALL.get(name);
    if (entry == null) {
      throw new LookoutException(
          ErrorCode.EXECUTION, "function " + name + "() cannot be evaluated yet");
    }
    return entry;
  }
}
