package org.digitstream.dashboards.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.digitstream.runtime.operations.AllowedHosts;

/**
 * Decides whether a request is answered at all: by which name the page is asked, how often, with
 * which token, and from which page. Everything goes through it but {@code /health}, of which only
 * the name is looked at, since probes cannot log in. Any number of threads.
 *
 * <p>The token stands in the address once. Whoever brings it is given a cookie that no script can
 * read and that the browser sends from this page only, and is sent on to the address without it.
 * Programs bring it in the header {@code Authorization: Bearer TOKEN}.
 */
final class PageGuard {
  private static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");
  private static final String METRICS = "/metrics";
  private static final String TOKEN = "token";
  private static final String BEARER = "Bearer ";

  /** Strict: nothing from elsewhere, nothing inline, nothing evaluated. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " media-src 'self' blob:; connect-src 'self'; worker-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", CONTENT_POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "microphone=(self), camera=(), geolocation=()");

  /** The next page is asked for by this one, so that a strict cookie goes with it. */
  private static final String ENTERED =
      "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; url=./\">"
          + "<title>digitstream</title><p><a href=\"./\">digitstream</a>\n";

  private final PageAccess access;
  private final AllowedHosts hosts;
  private final RequestRate rate;
  private final IntSupplier port;

  /**
   * A guard.
   *
   * @param port where the server listens, asked for once it does
   * @param nanoTime monotonic
   */
  PageGuard(PageAccess access, IntSupplier port, LongSupplier nanoTime) {
    this.access = access;
    this.hosts = AllowedHosts.of(access.host(), access.hostNames());
    this.rate = new RequestRate(access.limits().requestsPerMinute(), nanoTime);
    this.port = port;
  }

  /** Stands before everything that the server answers, to be called before any route is added. */
  void install(JavalinConfig config) {
    config.routes.before(this::check);
    config.routes.wsBeforeUpgrade(this::check);
    config.routes.exception(Refused.class, PageGuard::answer);
    config.routes.exception(
        Entered.class,
        (entered, request) ->
            request
                .status(200)
                .header("Cache-Control", "no-store")
                .header("Set-Cookie", entered.cookie)
                .html(ENTERED));
  }

  /** One message more of a client that is connected already; whether that is all right. */
  boolean admits(String client) {
    return rate.admits(client);
  }

  static void answer(Refused refused, Context request) {
    if (refused.status() == 429) {
      request.header("Retry-After", "5");
    }
    if (refused.status() == 401) {
      request.header("WWW-Authenticate", "Bearer realm=\"digitstream\"");
    }
    Map<String, String> body = new LinkedHashMap<>();
    body.put("error", refused.getMessage());
    request.status(refused.status()).header("Cache-Control", "no-store").json(body);
  }

  private void check(Context request) {
    HEADERS.forEach(request::header);
    if (!hosts.allows(request.header("Host"))) {
      throw new Refused(
          403,
          "this page does not go by the name "
              + shortened(request.header("Host"))
              + "; ask by its address, or start it with --allow-host NAME");
    }
    if (HEALTH.contains(request.path())) {
      return;
    }
    if (!rate.admits(ClientAddress.of(request))) {
      throw new Refused(
          429,
          "more than "
              + access.limits().requestsPerMinute()
              + " requests in a minute; try again in a few seconds");
    }
    if (access.token().isPresent()) {
      requireToken(access.token().get(), request);
    }
    if (!request.method().name().equals("GET") || request.header("Upgrade") != null) {
      requireSameOrigin(request);
    }
  }

  private void requireToken(AccessToken token, Context request) {
    if (access.metricsOpen() && request.path().equals(METRICS)) {
      return;
    }
    if (token.matchesCookie(request.cookie(cookieName())) || token.matches(bearer(request))) {
      return;
    }
    boolean entering = request.path().equals("/") && request.method().name().equals("GET");
    if (entering && token.matches(request.queryParam(TOKEN))) {
      throw new Entered(
          cookieName()
              + "="
              + token.cookie()
              + "; Path=/; HttpOnly; SameSite=Strict"
              + (access.certificate().isPresent() ? "; Secure" : ""));
    }
    throw new Refused(
        401,
        entering && request.queryParam(TOKEN) != null
            ? "this is not the token: open the address that the page printed when it was started"
            : "this page wants a token: open the address that it printed when it was started");
  }

  private static String bearer(Context request) {
    return Optional.ofNullable(request.header("Authorization"))
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()))
        .orElse(null);
  }

  /** Cookies do not tell ports apart; two pages on one machine shall not log each other out. */
  private String cookieName() {
    return "digitstream-" + port.getAsInt();
  }

  /** A page of somebody else's, open in the same browser, must not speak for the person. */
  private static void requireSameOrigin(Context request) {
    String origin = request.header("Origin");
    if (origin != null && !origin.replaceFirst("^https?://", "").equals(request.host())) {
      throw new Refused(
          403,
          "a page of " + shortened(origin) + " may not do this: open the page at its own address");
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(100, text.length()));
  }

  /** The right token was brought. */
  private static final class Entered extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String cookie;

    Entered(String cookie) {
      super("entered", null, false, false);
      this.cookie = cookie;
    }
  }
}
