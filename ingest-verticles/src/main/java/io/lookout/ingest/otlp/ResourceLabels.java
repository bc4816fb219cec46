package io.lookout.ingest.otlp;

import io.lookout.model.Labels;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a resource gives to its series: {@code job} from {@code service.namespace} and {@code
 * service.name}, {@code instance} from {@code service.instance.id}, and the attributes that are
 * promoted. All other attributes go to {@code target_info}.
 */
record ResourceLabels(Labels common, Optional<Labels> targetInfo) {
  private static final String NAME = "service.name";
  private static final String NAMESPACE = "service.namespace";
  private static final String INSTANCE = "service.instance.id";

  static ResourceLabels of(Resource resource, List<String> promoted) {
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
      if (promoted.contains(each.getKey())) {
        promotedValues.add(each);
      }
    }
    Labels.Builder identity = new Labels.Builder();
    identity.set("job", name.isEmpty() || namespace.isEmpty() ? name : namespace + "/" + name);
    identity.set("instance", instance);
    Labels identifying = identity.build();
    Labels.Builder common = identifying.toBuilder();
    Attributes.add(promotedValues, common);
    return new ResourceLabels(common.build(), targetInfo(identifying, others));
  }

  /** None without an identity to join by, or without anything to say. */
  private static Optional<Labels> targetInfo(Labels identifying, List<KeyValue> others) {
    if (identifying.isEmpty() || others.isEmpty()) {
      return Optional.empty();
    }
    Labels.Builder info = identifying.toBuilder().set("__name__", "target_info");
    Attributes.add(others, info);
    return Optional.of(info.build());
  }
}
