package io.lookout.model.bus.wire;

import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminResult;
import io.lookout.model.bus.ExemplarQuery;
import io.lookout.model.bus.ExemplarResult;
import io.lookout.model.bus.HeadQuery;
import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.KnownNodes;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.StorageAnnouncement;
import io.lookout.model.bus.StorageCall;
import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import java.util.List;

/** Every message there is. */
public final class WireForms {
  private static final WireForm<WriteBatch> WRITE_BATCH =
      new WireForm<>(
          WriteBatch.class, "lookout.write", WriteBatchWire::write, WriteBatchWire::read);

  private static final WireForm<WriteBatch> QUEUED_BATCH =
      new WireForm<>(
          WriteBatch.class,
          "lookout.queued",
          WriteBatchWire::writeQueued,
          WriteBatchWire::readQueued);

  private static final List<WireForm<?>> ALL =
      List.of(
          WRITE_BATCH,
          new WireForm<>(
              WriteResult.class, "lookout.written", WriteResultWire::write, WriteResultWire::read),
          new WireForm<>(
              SelectRequest.class, "lookout.select", SelectWire::write, SelectWire::readRequest),
          new WireForm<>(
              SelectNext.class,
              "lookout.select.next",
              (next, out) -> out.text(next.cursor()),
              in -> new SelectNext(in.text())),
          new WireForm<>(
              SelectResult.class, "lookout.selected", SelectWire::write, SelectWire::readResult),
          new WireForm<>(
              LabelQuery.class, "lookout.labels", LabelWire::write, LabelWire::readQuery),
          new WireForm<>(
              LabelResult.class, "lookout.labelled", LabelWire::write, LabelWire::readResult),
          new WireForm<>(
              ExemplarQuery.class,
              "lookout.exemplars",
              ExemplarWire::write,
              ExemplarWire::readQuery),
          new WireForm<>(
              ExemplarResult.class,
              "lookout.exemplified",
              ExemplarWire::write,
              ExemplarWire::readResult),
          new WireForm<>(HeadQuery.class, "lookout.head", HeadWire::write, HeadWire::readQuery),
          new WireForm<>(HeadResult.class, "lookout.headed", HeadWire::write, HeadWire::readResult),
          new WireForm<>(
              AdminRequest.class, "lookout.admin", AdminWire::write, AdminWire::readRequest),
          new WireForm<>(
              AdminResult.class, "lookout.admin.done", AdminWire::write, AdminWire::readResult),
          new WireForm<>(
              StorageAnnouncement.class,
              "lookout.storage",
              WireForms::write,
              in -> new StorageAnnouncement(in.text(), in.number())),
          new WireForm<>(
              KnownNodes.class,
              "lookout.storage.known",
              KnownNodesWire::write,
              KnownNodesWire::read),
          new WireForm<>(
              StorageCall.class,
              "lookout.storage.call",
              (call, out) -> {},
              in -> new StorageCall()),
          new WireForm<>(
              TargetQuery.class, "lookout.targets", TargetWire::write, TargetWire::readQuery),
          new WireForm<>(
              TargetReport.class,
              "lookout.targets.report",
              TargetWire::write,
              TargetWire::readReport));

  private WireForms() {}

  /** Of batches, for whoever keeps what went over the bus. */
  public static WireForm<WriteBatch> writeBatch() {
    return WRITE_BATCH;
  }

  /** Of batches in queues on disk: small rather than quick to read. Never on the bus. */
  public static WireForm<WriteBatch> queuedBatch() {
    return QUEUED_BATCH;
  }

  public static List<WireForm<?>> all() {
    return ALL;
  }

  private static void write(StorageAnnouncement announcement, WireOutput out) {
    out.text(announcement.nodeId());
    out.bytes().putVarLong(announcement.shards());
  }
}
