package io.lookout.ingest.scrape;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.List;

/**
 * Which targets are this node's: each goes to the member with the highest score for it (rendezvous
 * hashing), so that a member that comes or goes moves only its own share.
 *
 * @param self this node
 * @param members all nodes that scrape, this one included once it is known to the others
 */
public record Shares(String self, List<String> members) {
  public Shares {
    members = List.copyOf(members);
  }

  /** Everything is this node's. */
  static Shares alone(String self) {
    return new Shares(self, List.of(self));
  }

  public boolean isMine(String identity) {
    String owner = self;
    long best = Long.MIN_VALUE;
    for (String member : members) {
      long score = Hashing.xxh3_64().hashCharsToLong(member + '\n' + identity);
      if (score > best || (score == best && member.compareTo(owner) < 0)) {
        best = score;
        owner = member;
      }
    }
    return owner.equals(self);
  }
}
