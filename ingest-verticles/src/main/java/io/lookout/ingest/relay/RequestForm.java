package io.lookout.ingest.relay;

import io.lookout.ingest.protobuf.ProtoWriter;
import io.lookout.model.bus.WriteBatch;
import java.util.List;

/** A version of remote write. */
public interface RequestForm {
  String contentType();

  /** Value of {@code X-Prometheus-Remote-Write-Version}. */
  String version();

  /** One request with all of the batches, uncompressed. */
  ProtoWriter message(List<WriteBatch> batches);

  /**
   * @param version 2.0 or 1.0
   */
  static RequestForm of(String version) {
    return version.equals("1.0") ? new Version1Form() : new Version2Form();
  }
}
