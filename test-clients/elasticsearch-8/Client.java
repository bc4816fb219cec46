import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;

/** Sends an event that is one and a document that is none; prints the version and the statuses. */
final class Client {
  private Client() {}

  public static void main(String[] arguments) throws Exception {
    HttpHost host = new HttpHost("127.0.0.1", Integer.parseInt(arguments[0]));
    RestClient rest = RestClient.builder(host).setPathPrefix(arguments[1]).build();
    try (RestClientTransport transport = new RestClientTransport(rest, new JacksonJsonpMapper())) {
      ElasticsearchClient client = new ElasticsearchClient(transport);
      BulkRequest request =
          BulkRequest.of(bulk ->
              bulk.index("metricbeat")
                  .operations(of -> of.create(create -> create.document(event(arguments[2]))))
                  .operations(
                      of -> of.index(index -> index.document(Map.of("message", "no event")))));
      BulkResponse response = client.bulk(request);
      List<Integer> statuses = response.items().stream().map(item -> item.status()).toList();
      System.out.println(
          client.ping().value()
              + " "
              + client.info().version().number()
              + " "
              + response.errors()
              + " "
              + statuses);
    }
  }

  private static Map<String, Object> event(String name) {
    return Map.of(
        "@timestamp", Instant.now().toString(),
        "event", Map.of("module", "system"),
        "metricset", Map.of("name", "load"),
        "host", Map.of("name", name),
        "system", Map.of("load", Map.of("1", 1.5)));
  }
}
