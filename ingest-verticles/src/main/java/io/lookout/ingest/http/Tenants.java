package io.lookout.ingest.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whose samples a request brings: header {@code X-Scope-OrgID}, as Mimir has it, with Mimir's rules
 * for what a tenant may be called.
 */
public final class Tenants {
  public static final String HEADER = "X-Scope-OrgID";

  private static final int LONGEST = 150;
  private static final String SPECIAL = "!-_.*'()";

  private Tenants() {}

  /**
   * The tenant; {@link SeriesKey#ANONYMOUS} where none is named.
   *
   * @throws LookoutException {@code BAD_DATA} for a name that is not allowed
   */
  public static String of(HttpServerRequest request) {
    String tenant = request.getHeader(HEADER);
    return tenant == null || tenant.isEmpty() ? SeriesKey.ANONYMOUS : checked(tenant);
  }

  /**
   * Looks at the tenant that a setting gives to a protocol that names none.
   *
   * @throws IllegalArgumentException for a name that is not allowed
   */
  public static void requireValid(String setting, String tenant) {
    String problem = tenant.isEmpty() ? "is empty" : problem(tenant);
    if (problem != null) {
      throw new IllegalArgumentException(setting + " " + problem);
    }
  }

  /**
   * The tenant of a header.
   *
   * @throws LookoutException {@code BAD_DATA} for a name that is not allowed
   */
  public static String checked(String tenant) {
    String problem = problem(tenant);
    if (problem != null) {
      throw new LookoutException(ErrorCode.BAD_DATA, "tenant in header " + HEADER + " " + problem);
    }
    return tenant;
  }

  private static @Nullable String problem(String tenant) {
    if (tenant.length() > LONGEST) {
      return "is longer than " + LONGEST + " characters";
    }
    for (int i = 0; i < tenant.length(); i++) {
      char c = tenant.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && SPECIAL.indexOf(c) < 0) {
        return "contains a character that is neither alphanumeric nor one of " + SPECIAL;
      }
    }
    return tenant.equals(".") || tenant.equals("..") ? "is '" + tenant + "'" : null;
  }
}
