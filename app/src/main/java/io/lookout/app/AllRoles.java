package io.lookout.app;

import io.lookout.app.node.Roles;
import io.lookout.ingest.IngestRole;
import io.lookout.query.QueryRole;
import io.lookout.storage.StorageRole;
import java.util.List;

/** The roles that this build has, those first that others depend on. */
final class AllRoles {
  private AllRoles() {}

  static Roles make() {
    return new Roles(List.of(new StorageRole(), new QueryRole(), new IngestRole()));
  }
}
