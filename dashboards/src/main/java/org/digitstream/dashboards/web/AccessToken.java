package org.digitstream.dashboards.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What somebody has to know who wants to see the page and speak into it. Comparisons take the same
 * time whatever was guessed. Immutable; its text is in no log, since {@link #toString} hides it.
 */
public final class AccessToken {
  private static final int RANDOM_BYTES = 24;
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._~-]{16,200}");
  private static final String HMAC = "HmacSHA256";

  private final String text;
  private final String cookie;

  private AccessToken(String text) {
    this.text = text;
    this.cookie = hmac(text, "digitstream page");
  }

  /**
   * One that somebody chose.
   *
   * @throws IllegalArgumentException where it is short or would have to be quoted in an address;
   *     the message does not tell it
   */
  public static AccessToken of(String text) {
    if (!USABLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a token has 16 to 200 characters of A-Z, a-z, 0-9 and . _ ~ -; this one has "
              + text.length()
              + (text.length() < 16 || text.length() > 200 ? "" : ", others among them"));
    }
    return new AccessToken(text);
  }

  /** A new one that nobody guesses: 192 random bits. */
  public static AccessToken random(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Whether this is it; null is not. */
  boolean matches(String guess) {
    return same(text, guess);
  }

  /** What a browser keeps instead of it, and can be made from it alone. */
  String cookie() {
    return cookie;
  }

  /** Whether a browser brought {@link #cookie}; null is not. */
  boolean matchesCookie(String guess) {
    return same(cookie, guess);
  }

  /** The token itself, to be shown to whoever started the page. */
  public String reveal() {
    return text;
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "(a token)";
  }

  /** Of hashes, so that not even the length shows in the time. */
  private static boolean same(String one, String other) {
    return other != null && MessageDigest.isEqual(sha256(one), sha256(other));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String hmac(String key, String of) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(of.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
