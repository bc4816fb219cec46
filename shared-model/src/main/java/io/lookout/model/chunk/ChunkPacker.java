package io.lookout.model.chunk;

import io.lookout.model.SampleColumns;

/** Packs chunks that are to leave the process. Holds scratch space: one for each thread. */
public final class ChunkPacker {
  private final ChunkDecoder decoder = new ChunkDecoder();
  private final ChunkEncoder encoder = new ChunkEncoder();
  private final SampleColumns samples = new SampleColumns();

  /** The same samples in the form that takes the fewest bytes; a chunk that is packed, as it is. */
  public Chunk packed(Chunk chunk) {
    if (!chunk.isPlain()) {
      return chunk;
    }
    samples.clear();
    decoder.decode(chunk, samples);
    return encoder.encode(samples, 0, samples.size);
  }
}
