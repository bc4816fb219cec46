package io.lookout.cluster.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a settings record of the assignments that count. */
final class RecordBinding {
  private final Function<Definition, RawSetting> values;
  private final List<String> problems = new ArrayList<>();

  RecordBinding(Function<Definition, RawSetting> values) {
    this.values = values;
  }

  List<String> problems() {
    return problems;
  }

  /** Null where something is wrong: then {@link #problems} says what. */
  <R extends Record> @Nullable R bind(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    int before = problems.size();
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = value(Definition.of(components[i]));
    }
    return problems.size() > before ? null : construct(type, arguments);
  }

  private @Nullable Object value(Definition definition) {
    RawSetting raw = values.apply(definition);
    try {
      return SettingValue.parse(raw.value(), definition.type());
    } catch (IllegalArgumentException e) {
      problems.add(
          raw.origin()
              + ": setting "
              + definition.name()
              + ": '"
              + definition.shown(raw)
              + "' "
              + e.getMessage());
      return null;
    }
  }

  private <R extends Record> @Nullable R construct(Class<R> type, @Nullable Object[] arguments) {
    try {
      Constructor<R> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        problems.add(given(type) + ": " + refused.getMessage());
        return null;
      }
      throw new IllegalStateException(type + " failed for its values", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is no settings record", e);
    }
  }

  /** What of the record somebody has set: there the mistake must be. */
  private String given(Class<? extends Record> type) {
    List<String> places =
        Arrays.stream(type.getRecordComponents())
            .map(component -> values.apply(Definition.of(component)))
            .filter(raw -> !(raw.origin() instanceof Origin.Default))
            .map(raw -> raw.origin() + ": setting " + raw.name())
            .toList();
    return places.isEmpty()
        ? "default settings of " + type.getSimpleName()
        : String.join(", ", places);
  }
}
