package io.lookout.storage.elasticsearch;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an operator can set of the store in Elasticsearch or OpenSearch. */
public record ElasticsearchSettings(
    @Setting(
            name = "storage.elasticsearch.urls",
            defaultValue = "http://127.0.0.1:9200",
            help = "Hosts of Elasticsearch or OpenSearch, all of one cluster.")
        List<String> urls,
    @Setting(
            name = "storage.elasticsearch.user",
            defaultValue = "",
            help = "The user of basic authentication; empty for none.")
        String user,
    @Setting(
            name = "storage.elasticsearch.password",
            defaultValue = "",
            help = "The password of that user.",
            secret = true)
        String password,
    @Setting(
            name = "storage.elasticsearch.api.key",
            defaultValue = "",
            help = "An API key in its encoded form, instead of a user.",
            secret = true)
        String apiKey,
    @Setting(
            name = "storage.elasticsearch.bearer.token",
            defaultValue = "",
            help = "A bearer token, instead of a user.",
            secret = true)
        String bearerToken,
    @Setting(
            name = "storage.elasticsearch.ca.file",
            defaultValue = "",
            help =
                "Certificates (PEM) of those whose servers are trusted; empty for those that Java"
                    + " trusts.")
        String caFile,
    @Setting(
            name = "storage.elasticsearch.prefix",
            defaultValue = "",
            help = "What every path begins with, where a proxy needs it.")
        String prefix,
    @Setting(
            name = "storage.elasticsearch.gzip",
            defaultValue = "false",
            help = "Compress requests and answers: for slow networks.")
        boolean gzip,
    @Setting(
            name = "storage.elasticsearch.connect.timeout",
            defaultValue = "5s",
            help = "How long connecting to a host may take.")
        Duration connectTimeout,
    @Setting(
            name = "storage.elasticsearch.request.timeout",
            defaultValue = "60s",
            help = "How long an answer may take.")
        Duration requestTimeout,
    @Setting(
            name = "storage.elasticsearch.attempts",
            defaultValue = "4",
            help = "How often a request is tried before it fails, also on other hosts.")
        int attempts,
    @Setting(
            name = "storage.elasticsearch.connections",
            defaultValue = "16",
            help = "Connections to each host.")
        int connections,
    @Setting(
            name = "storage.elasticsearch.response.max",
            defaultValue = "128MiB",
            help = "A larger answer is refused.")
        ByteSize responseMax,
    @Setting(
            name = "storage.elasticsearch.bulk.bytes",
            defaultValue = "2MiB",
            help = "About how large a bulk request is.")
        ByteSize bulkBytes,
    @Setting(
            name = "storage.elasticsearch.bulk.inflight",
            defaultValue = "4",
            help = "Bulk requests under way at a time; further ones wait.")
        int bulkInflight,
    @Setting(
            name = "storage.elasticsearch.page.blocks",
            defaultValue = "256",
            help = "Blocks (up to 64 KiB each) that one answer of a search has.")
        int pageBlocks,
    @Setting(
            name = "storage.elasticsearch.fetch.inflight",
            defaultValue = "4",
            help = "Requests for blocks that one query has under way at a time.")
        int fetchInflight,
    @Setting(
            name = "storage.elasticsearch.index",
            defaultValue = "lookout-blocks",
            help =
                "The name of the alias or data stream, the template, and what indices begin with.")
        String index,
    @Setting(
            name = "storage.elasticsearch.mode",
            defaultValue = "index",
            help =
                "Who rolls over and drops indices: index (Lookout), or data-stream (a policy of the"
                    + " cluster).")
        IndexMode mode,
    @Setting(
            name = "storage.elasticsearch.policy",
            defaultValue = "",
            help = "The ILM policy that the data stream is given on Elasticsearch.")
        String policy,
    @Setting(
            name = "storage.elasticsearch.rollover.age",
            defaultValue = "1d",
            help = "An index of this age is followed by a new one.")
        Duration rolloverAge,
    @Setting(
            name = "storage.elasticsearch.rollover.bytes",
            defaultValue = "20GiB",
            help = "An index with a primary shard of this size is followed by a new one.")
        ByteSize rolloverBytes,
    @Setting(
            name = "storage.elasticsearch.shards",
            defaultValue = "1",
            help = "Primary shards of a new index.")
        int shards,
    @Setting(
            name = "storage.elasticsearch.replicas",
            defaultValue = "1",
            help = "Copies of each primary shard; 0 for a cluster of one node.")
        int replicas) {

  private static final Pattern INDEX = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,99}");
  private static final int SMALLEST_BULK = 64 << 10;

  /** Who owns the life cycle of the indices. */
  public enum IndexMode {
    INDEX,
    DATA_STREAM
  }

  public ElasticsearchSettings {
    urls = List.copyOf(urls);
    require(!urls.isEmpty(), "storage.elasticsearch.urls must name a host");
    urls.forEach(EngineUrl::parse);
    require(
        INDEX.matcher(index).matches(),
        "storage.elasticsearch.index must be of lower case letters, digits, '-', '_' and '.'");
    require(
        attempts > 0 && connections > 0 && bulkInflight > 0 && fetchInflight > 0,
        "storage.elasticsearch: attempts, connections, bulk.inflight and fetch.inflight must be"
            + " positive");
    require(
        pageBlocks > 0 && pageBlocks <= 10_000,
        "storage.elasticsearch.page.blocks must be 1 to 10000");
    require(shards > 0 && replicas >= 0, "storage.elasticsearch: an index needs a shard");
    require(
        bulkBytes.bytes() >= SMALLEST_BULK,
        "storage.elasticsearch.bulk.bytes must be 64KiB or more");
    require(
        ways(user, apiKey, bearerToken) <= 1,
        "storage.elasticsearch: give one of user, api.key and bearer.token");
    require(
        rolloverAge.toSeconds() > 0 && rolloverBytes.bytes() > 0,
        "storage.elasticsearch.rollover.* must be positive");
  }

  private static long ways(String... credentials) {
    return List.of(credentials).stream().filter(each -> !each.isEmpty()).count();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Of a further store beside this one.
   *
   * @param kind comes before the name of the index
   */
  public ElasticsearchSettings of(String kind, Duration otherRolloverAge) {
    return new ElasticsearchSettings(
        urls,
        user,
        password,
        apiKey,
        bearerToken,
        caFile,
        prefix,
        gzip,
        connectTimeout,
        requestTimeout,
        attempts,
        connections,
        responseMax,
        bulkBytes,
        bulkInflight,
        pageBlocks,
        fetchInflight,
        kind + "-" + index,
        mode,
        policy,
        otherRolloverAge,
        rolloverBytes,
        shards,
        replicas);
  }

  List<EngineUrl> hosts() {
    return urls.stream().map(EngineUrl::parse).toList();
  }

  /** Empty where Java's own list is to be used. */
  Optional<Path> ca() {
    return caFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(caFile));
  }

  boolean isDataStream() {
    return mode == IndexMode.DATA_STREAM;
  }
}
