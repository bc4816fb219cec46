import com.aliyun.hitsdb.client.TSDB;
import com.aliyun.hitsdb.client.TSDBClientFactory;
import com.aliyun.hitsdb.client.TSDBConfig;
import com.aliyun.hitsdb.client.value.request.MultiFieldPoint;
import com.aliyun.hitsdb.client.value.request.Point;
import com.aliyun.hitsdb.client.value.response.batch.IgnoreErrorsResult;
import com.aliyun.hitsdb.client.value.response.batch.MultiFieldDetailsResult;
import com.aliyun.hitsdb.client.value.response.batch.SummaryResult;
import java.util.List;

/** Puts data points of one field and of several, as its users do; prints what it was answered. */
final class Client {
  private Client() {}

  public static void main(String[] arguments) throws Exception {
    long now = System.currentTimeMillis();
    TSDBConfig config =
        TSDBConfig.address("127.0.0.1", Integer.parseInt(arguments[0]))
            .batchPutRetryCount(0)
            .config();
    // Asks /api/vip_health, and does not begin without it.
    TSDB client = TSDBClientFactory.connect(config);
    Point single = Point.metric("hitsdb.level").tag("city", "hz").value(now, 1.25).build();
    Point ahead = Point.metric("hitsdb.level").tag("city", "sh").value(now + 86_400_000, 2).build();
    MultiFieldPoint several =
        MultiFieldPoint.metric("hitsdb.wind")
            .tag("city", "hz")
            .timestamp(now)
            .field("speed", 45.5)
            .field("calm", false)
            .build();

    SummaryResult summary = client.putSync(SummaryResult.class, single);
    IgnoreErrorsResult tolerant = client.putSync(IgnoreErrorsResult.class, single, ahead);
    MultiFieldDetailsResult wind =
        client.multiFieldPutSync(List.of(several), MultiFieldDetailsResult.class);
    Point later = Point.metric("hitsdb.queued").tag("city", "hz").value(now, 3).build();
    client.put(later);
    client.close();
    System.out.println(
        "summary "
            + summary.getSuccess()
            + "/"
            + summary.getFailed()
            + ", tolerant "
            + tolerant.getSuccess()
            + "/"
            + tolerant.getFailed()
            + ", wind "
            + wind.getSuccess()
            + "/"
            + wind.getFailed());
    System.exit(0);
  }
}
