package io.lookout.app.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.lookout.app.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The chart, rendered by the Helm library itself. */
final class Chart {
  private Chart() {}

  static LintResult lint() {
    return new Helm(Repository.file("k8s/lookout")).lint().strict().call();
  }

  /** Renders a release named {@code metrics} in the namespace {@code observability}. */
  static List<KubernetesObject> render(Map<String, Object> values) {
    TemplateCommand command =
        new Helm(Repository.file("k8s/lookout"))
            .template()
            .withName("metrics")
            .withNamespace("observability")
            .withKubeVersion("1.31.0");
    values.forEach(command::set);
    List<KubernetesObject> objects = new ArrayList<>();
    for (Object document : yamlDocuments(command.call())) {
      objects.add(new KubernetesObject(document));
    }
    return objects;
  }

  static List<Object> yamlDocuments(String text) {
    List<Object> documents = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
      if (document != null) {
        documents.add(document);
      }
    }
    return documents;
  }
}
