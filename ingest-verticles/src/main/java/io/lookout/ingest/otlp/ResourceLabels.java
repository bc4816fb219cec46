package io.lookout.ingest.otlp;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a resource gives to its series: {@code job} from {@code service.namespace} and {@code
 * service.name}, {@code instance} from {@code service.instance.id}, and the attributes that are
 * promoted. All other attributes go to {@code target_info}.
 *
 * @param identity takes the place of attributes of the same names
 * @param promoted yields to them
 * @param targetInfo none without an identity to join by, or without anything to say
 */
record ResourceLabels(Labels identity, Labels promoted, Optional<Labels> targetInfo) {
  static final String TARGET_INFO = "target_info";

  private static final String NAME = "service.name";
  private static final String NAMESPACE = "service.namespace";
  private static final String INSTANCE = "service.instance.id";
  private static final String SCOPE = "otel_scope_";

  static ResourceLabels of(Resource resource, Translation translation) {
    String name = "";
    String namespace = "";
    String instance = "";
    List<KeyValue> others = new ArrayList<>();
    List<KeyValue> promotedValues = new ArrayList<>();
    for (KeyValue each : resource.getAttributesList()) {
      switch (each.getKey()) {
        case NAME -> name = Attributes.text(each.getValue());
        case NAMESPACE -> namespace = Attributes.text(each.getValue());
        case INSTANCE -> instance = Attributes.text(each.getValue());
        default -> others.add(each);
      }
      if (translation.promotion().takes(each.getKey())) {
        promotedValues.add(each);
      }
    }
    Labels.Builder identity = new Labels.Builder();
    identity.set("job", name.isEmpty() || namespace.isEmpty() ? name : namespace + "/" + name);
    identity.set("instance", instance);
    Labels.Builder promoted = new Labels.Builder();
    Attributes.add(promotedValues, translation.naming(), promoted);
    boolean speaks = !others.isEmpty();
    List<KeyValue> told = translation.keepIdentifying() ? resource.getAttributesList() : others;
    Labels identifying = identity.build();
    return new ResourceLabels(
        identifying,
        promoted.build(),
        speaks ? targetInfo(identifying, told, translation.naming()) : Optional.empty());
  }

  private static Optional<Labels> targetInfo(
      Labels identity, List<KeyValue> attributes, NamingStrategy naming) {
    if (identity.isEmpty()) {
      return Optional.empty();
    }
    Labels.Builder info = identity.toBuilder().set(Label.METRIC_NAME, TARGET_INFO);
    Attributes.add(attributes, naming, info);
    return Optional.of(info.build());
  }

  /** With what a scope adds to the identity of its series, where that is wanted. */
  ResourceLabels in(ScopeMetrics metrics, Translation translation) {
    InstrumentationScope scope = metrics.getScope();
    if (!translation.scopes() || scope.getName().isEmpty()) {
      return this;
    }
    Labels.Builder all = identity.toBuilder();
    for (KeyValue each : scope.getAttributesList()) {
      String name = Attributes.name(SCOPE + each.getKey(), translation.naming());
      all.set(name, Attributes.text(each.getValue()));
    }
    all.set(SCOPE + "name", scope.getName());
    all.set(SCOPE + "version", scope.getVersion());
    all.set(SCOPE + "schema_url", metrics.getSchemaUrl());
    return new ResourceLabels(all.build(), promoted, targetInfo);
  }
}
