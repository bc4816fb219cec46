package io.lookout.app.repository;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.lookout.cluster.settings.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every settings record on the class path, whether or not a role lists it. */
public final class SettingsRecords {
  private SettingsRecords() {}

  /** Looked for once: that takes seconds. */
  private static final class Found {
    private static final List<Class<? extends Record>> RECORDS = find();
  }

  /** Sorted by the name of the class. */
  public static List<Class<? extends Record>> all() {
    return Found.RECORDS;
  }

  private static List<Class<? extends Record>> find() {
    List<Class<? extends Record>> records = new ArrayList<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(new ProductionCode())
            .importPackages("io.lookout")) {
      if (found.isRecord() && declaresSettings(found.reflect())) {
        records.add(found.reflect().asSubclass(Record.class));
      }
    }
    records.sort(Comparator.comparing(Class::getName));
    return List.copyOf(records);
  }

  private static boolean declaresSettings(Class<?> record) {
    return Stream.of(record.getRecordComponents())
        .anyMatch(component -> component.isAnnotationPresent(Setting.class));
  }
}
