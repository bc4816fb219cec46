package io.lookout.cluster.settings;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

/** A setting that exists, as a component of a settings record declares it. */
record Definition(String name, Type type, RawSetting defaultValue, String help, boolean secret) {

  static Definition of(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalArgumentException(
          component.getDeclaringRecord().getName()
              + "."
              + component.getName()
              + " carries no @Setting");
    }
    return new Definition(
        setting.name(),
        component.getGenericType(),
        RawSetting.text(setting.name(), setting.defaultValue(), new Origin.Default()),
        setting.help(),
        setting.secret());
  }

  /** As the environment names it: {@code LOOKOUT_STORAGE_WAL_SYNC}. */
  String environmentName() {
    return EnvironmentSource.variableOf(name);
  }

  String shown(RawSetting raw) {
    String text = raw.value().toString();
    return secret && !text.isEmpty() ? EffectiveSetting.MASK : text;
  }
}
