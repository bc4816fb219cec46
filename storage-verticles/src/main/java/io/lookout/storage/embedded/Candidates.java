package io.lookout.storage.embedded;

import io.lookout.model.Matcher;
import io.lookout.storage.block.OpenBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.lucene.search.DocIdSetIterator;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a segment that may have series which a selector wants, whatever their time; and
 * which series of each those are, once somebody has looked. Thread-safe.
 */
final class Candidates {
  static final Candidates NONE = new Candidates(new int[0]);

  private final int[] docs;
  private final AtomicReferenceArray<@Nullable BitSet> wanted;

  private Candidates(int[] docs) {
    this.docs = docs;
    this.wanted = new AtomicReferenceArray<>(docs.length);
  }

  static Candidates of(DocIdSetIterator found) throws IOException {
    int[] docs = new int[16];
    int count = 0;
    for (int doc = found.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = found.nextDoc()) {
      if (count == docs.length) {
        docs = Arrays.copyOf(docs, count * 2);
      }
      docs[count++] = doc;
    }
    return count == 0 ? NONE : new Candidates(Arrays.copyOf(docs, count));
  }

  /** Those that were looked at included. */
  int estimatedBytes() {
    return 100 + 100 * docs.length;
  }

  int count() {
    return docs.length;
  }

  int doc(int i) {
    return docs[i];
  }

  /** Whether block i has nothing of what is wanted, as far as is known. */
  boolean isKnownEmpty(int i) {
    BitSet known = wanted.get(i);
    return known != null && known.isEmpty();
  }

  /** The places of the wanted series in block i, once somebody has looked. Not to be changed. */
  @Nullable BitSet known(int i) {
    return wanted.get(i);
  }

  /** The places of the wanted series in block i. Not to be changed. */
  BitSet wanted(int i, OpenBlock block, List<Matcher> matchers) {
    BitSet known = wanted.get(i);
    if (known == null) {
      known = block.matching(matchers);
      wanted.set(i, known);
    }
    return known;
  }
}
