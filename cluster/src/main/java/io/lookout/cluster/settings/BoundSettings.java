package io.lookout.cluster.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings that were all bound and found good. */
record BoundSettings(Map<Class<?>, Record> records, List<EffectiveSetting> effective)
    implements Settings {
  @Override
  public <R extends Record> R of(Class<R> type) {
    @Nullable Record bound = records.get(type);
    if (bound == null) {
      throw new IllegalArgumentException(type.getName() + " is not among the declared settings");
    }
    return type.cast(bound);
  }
}
