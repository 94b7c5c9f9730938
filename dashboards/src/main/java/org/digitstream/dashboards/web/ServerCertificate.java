package org.digitstream.dashboards.web;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Date;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The private key and the certificate that the page is served with over HTTPS. Immutable. */
public final class ServerCertificate {
  private final KeyStore store;
  private final String password;

  private ServerCertificate(KeyStore store, String password) {
    this.store = store;
    this.password = password;
  }

  /**
   * Reads a PKCS #12 keystore with one private key.
   *
   * @param in the keystore; not closed
   * @param password of the keystore and its key
   * @param what it is called, for messages
   * @param now the certificate must be valid then
   * @throws IllegalArgumentException where it cannot be used, saying why and never the password
   */
  public static ServerCertificate read(InputStream in, String password, String what, Date now) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      String alias =
          Collections.list(store.aliases()).stream()
              .filter(name -> isKey(store, name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          what + " holds no private key with its certificate"));
      store.getKey(alias, password.toCharArray());
      if (store.getCertificate(alias) instanceof X509Certificate certificate) {
        certificate.checkValidity(now);
      }
      return new ServerCertificate(store, password);
    } catch (CertificateExpiredException e) {
      throw new IllegalArgumentException(
          "the certificate in " + what + " has expired; make a new one", e);
    } catch (CertificateNotYetValidException e) {
      throw new IllegalArgumentException(
          "the certificate in " + what + " is not valid yet; look at the clock of this machine", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          e.getCause() instanceof UnrecoverableKeyException
              ? "the password of " + what + " is wrong"
              : what + " cannot be read as a PKCS12 keystore",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          what + " cannot be used as a PKCS12 keystore: " + e.getMessage(), e);
    }
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keystore that was loaded knows its entries", e);
    }
  }

  /** For the server, which then speaks TLS 1.2 and 1.3. */
  SslContextFactory.Server toJetty() {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(store);
    tls.setKeyStorePassword(password);
    tls.setKeyManagerPassword(password);
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return tls;
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "(a certificate with its key)";
  }
}
