package io.millrace.local.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.millrace.local.registry.DevRegistry;
import io.millrace.local.registry.DevRegistryConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The development registry behind TLS and a password. */
final class GuardedRegistry implements AutoCloseable {
  private static final String USER_INFO = "mill:let-me-in";

  private final Path store;
  private final String password;
  private final DevRegistry registry;
  private final HttpsServer door;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpClient inside = HttpClient.newHttpClient();

  GuardedRegistry(Path store, String password) throws Exception {
    this.store = store;
    this.password = password;
    this.registry = DevRegistry.start(DevRegistryConfig.ofDefaults());
    this.door = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    door.setHttpsConfigurator(new HttpsConfigurator(context()));
    door.setExecutor(threads);
    door.createContext("/", this::pass);
    door.start();
  }

  private SSLContext context() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context;
  }

  private void pass(HttpExchange exchange) {
    try (exchange) {
      String expected =
          "Basic " + Base64.getEncoder().encodeToString(USER_INFO.getBytes(StandardCharsets.UTF_8));
      if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      HttpResponse<byte[]> answer =
          inside.send(
              HttpRequest.newBuilder(URI.create(registry.url() + exchange.getRequestURI()))
                  .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                  .method(
                      exchange.getRequestMethod(),
                      HttpRequest.BodyPublishers.ofByteArray(
                          exchange.getRequestBody().readAllBytes()))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Map<String, String> config() {
    return Map.of(
        "schema.registry.url",
        "https://127.0.0.1:" + door.getAddress().getPort(),
        "basic.auth.user.info",
        USER_INFO,
        "schema.registry.ssl.truststore.location",
        store.toString(),
        "schema.registry.ssl.truststore.password",
        password,
        "schema.registry.ssl.truststore.type",
        "PKCS12");
  }

  @Override
  public void close() {
    door.stop(0);
    threads.shutdownNow();
    registry.close();
  }
}
