/**
 * Every protocol from outside: real clients, and what no client should send. Bad input is tested in
 *
 * <table>
 *   <caption>Tests of bad input</caption>
 *   <tr><th>protocol</th><th>contents</th><th>connections</th></tr>
 *   <tr><td>those of HTTP: see {@link Wire}</td><td>{@link BadInputTest}</td>
 *     <td>{@link BadConnectionsTest}; slow heads: SlowSendersTest of cluster</td></tr>
 *   <tr><td>Graphite, OpenTSDB by telnet, Open-Falcon</td><td>{@link BadLinesTest}</td>
 *     <td>TcpListenerTest and TcpProtocolsTest of ingest</td></tr>
 *   <tr><td>OTLP by gRPC</td><td>as by HTTP, with the same decoder; OtlpGrpcTest of ingest</td>
 *     <td>OtlpGrpcTest</td></tr>
 *   <tr><td>Metricbeat at its own port</td><td>as below its path; MetricbeatTest of ingest</td>
 *     <td>MetricbeatTest</td></tr>
 *   <tr><td>Kafka source</td><td>{@link KafkaTest}; RecordDecoderTest, JsonSamplesDecoderTest</td>
 *     <td>{@link KafkaTest}</td></tr>
 *   <tr><td>scraping</td><td>ConfiguredScrapeTest of ingest, and the tests of parsers</td>
 *     <td>ConfiguredScrapeTest</td></tr>
 *   <tr><td>polling of SOFALookout's clients</td><td>PollDecoderTest of ingest</td>
 *     <td>SofaLookoutPollTest</td></tr>
 * </table>
 *
 * <p>Each decoder has a test beside it, whose name begins with {@code survives}, that feeds it
 * mutilated input from a seed.
 */
@NullMarked
package io.lookout.app.protocols;

import org.jspecify.annotations.NullMarked;
