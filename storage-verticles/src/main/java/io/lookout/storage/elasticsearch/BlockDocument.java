package io.lookout.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.LabelTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Writes blocks, and the lines of a bulk around them, in SMILE. */
final class BlockDocument {
  /** Ends each document of a bulk; the encoding has it nowhere else. */
  private static final int SEPARATOR = 0xFF;

  private static final long LAST_DATE = 253_402_300_799_999L;

  private final boolean dataStream;

  BlockDocument(boolean dataStream) {
    this.dataStream = dataStream;
  }

  /** About what a block takes in a bulk. */
  static int bytes(Block block) {
    int packed = block.bytes() + block.series().length;
    int bytes = 400 + packed + packed / 7;
    for (String label : block.labels()) {
      bytes += label.length() + 2;
    }
    return bytes;
  }

  /** Puts the block, in place of one of the same id where the index has one. */
  void put(Block block, ByteArrayOutputStream bulk) throws IOException {
    try (JsonGenerator json = Tree.SMILE.createGenerator(bulk)) {
      json.writeStartObject();
      json.writeObjectFieldStart(dataStream ? "create" : "index");
      json.writeStringField("_id", block.id());
      json.writeEndObject();
      json.writeEndObject();
    }
    bulk.write(SEPARATOR);
    try (JsonGenerator json = Tree.SMILE.createGenerator(bulk)) {
      write(block, json);
    }
    bulk.write(SEPARATOR);
  }

  static void delete(String index, String id, ByteArrayOutputStream bulk) throws IOException {
    try (JsonGenerator json = Tree.SMILE.createGenerator(bulk)) {
      json.writeStartObject();
      json.writeObjectFieldStart("delete");
      json.writeStringField("_index", index);
      json.writeStringField("_id", id);
      json.writeEndObject();
      json.writeEndObject();
    }
    bulk.write(SEPARATOR);
  }

  private void write(Block block, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (dataStream) {
      json.writeNumberField(BlockMapping.TIMESTAMP, Math.clamp(block.minTime(), 0L, LAST_DATE));
    }
    json.writeStringField(BlockMapping.ID, block.id());
    json.writeStringField(BlockMapping.TENANT, block.tenant());
    writeMetric(block.metric(), json);
    json.writeNumberField(BlockMapping.WINDOW, block.windowStart());
    json.writeNumberField(BlockMapping.MIN_TIME, block.minTime());
    json.writeNumberField(BlockMapping.MAX_TIME, block.maxTime());
    json.writeNumberField(BlockMapping.SEQUENCE, block.sequence());
    json.writeNumberField(BlockMapping.LEVEL, block.level());
    writeLabels(block, json);
    json.writeNumberField(BlockMapping.SERIES_COUNT, block.seriesCount());
    json.writeNumberField(BlockMapping.SAMPLE_COUNT, block.sampleCount());
    json.writeNumberField(BlockMapping.BYTES, block.bytes());
    json.writeBinaryField(BlockMapping.SERIES, block.series());
    json.writeBinaryField(BlockMapping.TABLE, block.series());
    json.writeBinaryField(BlockMapping.CHUNKS, block.chunks());
    json.writeEndObject();
  }

  private static void writeMetric(String metric, JsonGenerator json) throws IOException {
    String term = LabelTerm.ofValue(metric);
    json.writeStringField(BlockMapping.METRIC, term);
    if (!term.equals(metric)) {
      json.writeStringField(BlockMapping.WHOLE_METRIC, metric);
    }
  }

  private static void writeLabels(Block block, JsonGenerator json) throws IOException {
    Set<String> names = new TreeSet<>();
    json.writeArrayFieldStart(BlockMapping.LABELS);
    for (String label : block.labels()) {
      json.writeString(label);
      names.add(LabelTerm.name(label));
    }
    json.writeEndArray();
    json.writeArrayFieldStart(BlockMapping.LABEL_NAMES);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }
}
