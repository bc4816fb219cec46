package io.lookout.cluster.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the setting that a component of a settings record is read from. Component types: {@code
 * String}, {@code int}, {@code long}, {@code double}, {@code boolean}, {@link java.time.Duration}
 * ({@code 30d}, {@code 1h30m}), {@link ByteSize} ({@code 32MiB}), an enum (its constants in lower
 * case), {@code java.util.List} of strings, {@link HostPort}.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
  /** {@code area.noun[.unit]}. */
  String name();

  /** As a user would write it. */
  String defaultValue();

  /** One sentence for {@code --help} and the reference page. */
  String help();

  /** Masked in banner and status pages. */
  boolean secret() default false;
}
