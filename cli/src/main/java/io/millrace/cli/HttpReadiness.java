package io.millrace.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Waits until a coordinator that serves HTTP says that it is ready. */
final class HttpReadiness {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);
  private static final Duration ONE_REQUEST = Duration.ofSeconds(5);
  private static final int PAUSE_MS = 50;

  private HttpReadiness() {}

  /**
   * @param url where it serves, with a slash at the end
   * @throws NotReadyException if it is not ready in time
   */
  static void await(URI url, Progress progress) throws InterruptedException {
    URI asked = url.resolve("ready");
    HttpRequest request = HttpRequest.newBuilder(asked).timeout(ONE_REQUEST).build();
    HttpClient client =
        HttpClient.newBuilder().connectTimeout(ONE_REQUEST).sslContext(anyCertificate()).build();
    long began = System.nanoTime();
    long told = began;
    String last = answer(client, request);
    while (!last.equals("200")) {
      long now = System.nanoTime();
      if (now - began > LIMIT.toNanos()) {
        throw NotReadyException.http(asked, last, LIMIT);
      }
      if (now - told > TELL_EVERY.toNanos()) {
        progress.line("  waiting for " + asked + " (" + last + ")");
        told = now;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      last = answer(client, request);
    }
    progress.up("HTTP", "ready", Duration.ofNanos(System.nanoTime() - began));
  }

  /** The status, or why there is none. */
  private static String answer(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return String.valueOf(client.send(request, BodyHandlers.discarding()).statusCode());
    } catch (ConnectException e) {
      return "nothing listens there yet";
    } catch (IOException e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
  }

  /**
   * As probes of orchestrators do: nothing secret is sent, and a certificate that nobody here can
   * check must not keep a coordinator from being up.
   */
  private static SSLContext anyCertificate() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /** The extended kind is not asked for the host's name either. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
