package io.lookout.app;

import io.lookout.app.node.Roles;
import io.lookout.ingest.IngestRole;
import java.util.List;

/** The roles that this build has, those first that others depend on. */
final class AllRoles {
  private AllRoles() {}

  static Roles make() {
    return new Roles(List.of(new IngestRole()));
  }
}
