package io.lookout.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.repository.Repository;
import io.lookout.cluster.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
  private static final Path PAGE = Repository.file("docs/settings.md");

  @Test
  void thePageListsTheSettingsThatThereAre() throws IOException {
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(PAGE, SettingsReference.page());
    }
    assertThat(Repository.text(PAGE)).isEqualTo(SettingsReference.page());
  }

  @Test
  void everySettingExplainsItselfInASentence() {
    assertThat(SettingsReference.settings())
        .allSatisfy(component -> {
          Setting setting = component.getAnnotation(Setting.class);
          assertThat(setting.name()).matches("[a-z][a-z0-9]*(\\.[a-z0-9][a-z0-9_-]*)*");
          assertThat(setting.help()).as(setting.name()).matches("[A-Z0-9`/].*[.]");
        });
  }
}
