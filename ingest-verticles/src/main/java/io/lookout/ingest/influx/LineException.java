package io.lookout.ingest.influx;

/** What is wrong with a line, in InfluxDB's words. Thrown without a stack: lines are many. */
final class LineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LineException(String problem) {
    super(problem, null, false, false);
  }
}
