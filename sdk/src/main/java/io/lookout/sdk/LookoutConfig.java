package io.lookout.sdk;

import static io.micrometer.core.instrument.config.MeterRegistryConfigValidator.check;
import static io.micrometer.core.instrument.config.MeterRegistryConfigValidator.checkAll;
import static io.micrometer.core.instrument.config.validate.PropertyValidator.getDuration;
import static io.micrometer.core.instrument.config.validate.PropertyValidator.getInteger;
import static io.micrometer.core.instrument.config.validate.PropertyValidator.getSecret;
import static io.micrometer.core.instrument.config.validate.PropertyValidator.getString;
import static io.micrometer.core.instrument.config.validate.PropertyValidator.getUrlString;

import io.micrometer.core.instrument.config.validate.InvalidReason;
import io.micrometer.core.instrument.config.validate.Validated;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.time.Duration;

/**
 * Where the metrics go, how often, and what is kept while nobody takes them. Each value is a
 * property of the name {@code lookout.<method>}; whoever has no property file overrides methods.
 */
public interface LookoutConfig extends PrometheusConfig {
  @Override
  default String prefix() {
    return "lookout";
  }

  /** Of Lookout, scheme to port; a path before {@code /api/v1/write} is kept. */
  default String url() {
    return getUrlString(this, "url").orElse("http://127.0.0.1:9090");
  }

  /** Label {@code job} of every series: the name of the service. */
  default String job() {
    return getString(this, "job").orElse("java");
  }

  /** Label {@code instance} of every series: which of the service's processes this is. */
  default String instance() {
    return getString(this, "instance").orElseGet(Instance::ofThisProcess);
  }

  /** Header {@code X-Scope-OrgID}; empty for the default tenant. */
  default String tenant() {
    return getString(this, "tenant").orElse("");
  }

  /** Header {@code Authorization}, as it is sent; empty for none. */
  default String authorization() {
    return getSecret(this, "authorization").orElse("");
  }

  /** Between two samples of a series. */
  default Duration interval() {
    return getDuration(this, "interval").orElse(Duration.ofSeconds(15));
  }

  /** For one request, and for what is sent when the registry is closed. */
  default Duration timeout() {
    return getDuration(this, "timeout").orElse(Duration.ofSeconds(10));
  }

  /** Compressed requests that wait for Lookout; when full, the oldest go and are counted. */
  default int bufferBytes() {
    return getInteger(this, "bufferBytes").orElse(16 << 20);
  }

  @Override
  default Validated<?> validate() {
    return checkAll(
        this,
        check("url", LookoutConfig::url),
        check("interval", LookoutConfig::interval)
            .andThen(value ->
                value.invalidateWhen(
                    LookoutConfig::isNotPositive, "must be positive", InvalidReason.MALFORMED)),
        check("timeout", LookoutConfig::timeout)
            .andThen(value ->
                value.invalidateWhen(
                    LookoutConfig::isNotPositive, "must be positive", InvalidReason.MALFORMED)),
        check("bufferBytes", LookoutConfig::bufferBytes)
            .andThen(value ->
                value.invalidateWhen(
                    bytes -> bytes < 1 << 16, "must be 65536 or more", InvalidReason.MALFORMED)));
  }

  private static boolean isNotPositive(Duration duration) {
    return duration.isNegative() || duration.isZero();
  }
}
