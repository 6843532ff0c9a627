package io.millrace.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one request answered: goes over the addresses, starting with the one that answered last, and
 * repeats the round after a pause while the answers say "not now" (no connection, time-out, 408,
 * 429, 5xx). All requests of this protocol may be repeated without harm. Thread-safe.
 */
final class RegistryTransport {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryTransport.class);
  private static final String JSON = "application/vnd.schemaregistry.v1+json";

  /** An answer that is about the question: success, or a refusal that repeating will not change. */
  record Answer(String request, String url, int status, String body) {}

  private final List<RegistryEndpoint> endpoints;
  private final RetryPolicy retries;
  private final Duration readTimeout;
  private final HttpClient http;
  private final Pause pause;
  private final AtomicInteger current = new AtomicInteger();

  RegistryTransport(Map<String, ?> config, Pause pause) {
    Settings settings = new Settings(config);
    this.endpoints = RegistryEndpoint.from(settings);
    this.retries = RetryPolicy.from(settings);
    this.readTimeout = settings.millis("http.read.timeout.ms", Duration.ofSeconds(10));
    this.pause = pause;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.millis("http.connect.timeout.ms", Duration.ofSeconds(5)));
    RegistryTls.from(config).ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  List<String> urls() {
    return endpoints.stream().map(RegistryEndpoint::url).toList();
  }

  Answer send(String method, String path, @Nullable String json) {
    int attempts = 0;
    String lastFailure = "";
    Exception cause = null;
    for (int round = 0; round <= retries.maxRetries(); round++) {
      if (round > 0) {
        LOG.debug(
            "schema registry did not answer, trying again round={} last={}", round, lastFailure);
        pauseBefore(round, attempts);
      }
      int first = current.get();
      for (int i = 0; i < endpoints.size(); i++) {
        int index = (first + i) % endpoints.size();
        RegistryEndpoint endpoint = endpoints.get(index);
        String request = method + " " + endpoint.url() + path;
        attempts++;
        try {
          HttpResponse<String> response =
              http.send(request(endpoint, method, path, json), BodyHandlers.ofString());
          int status = response.statusCode();
          if (status == 401 || status == 403) {
            throw RegistryAuthenticationException.refused(
                status, endpoint.url(), endpoint.authorization().isPresent());
          }
          if (!mayPass(status)) {
            current.set(index);
            return new Answer(request, endpoint.url(), status, response.body());
          }
          lastFailure = "%s answered with status %d".formatted(request, status);
          cause = null;
        } catch (IOException e) {
          lastFailure = "%s failed: %s".formatted(request, describe(e));
          cause = e;
        } catch (InterruptedException e) {
          throw interrupted(attempts, e);
        }
      }
    }
    throw new RegistryUnavailableException(urls(), attempts, lastFailure, cause);
  }

  private static boolean mayPass(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  private HttpRequest request(
      RegistryEndpoint endpoint, String method, String path, @Nullable String json) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(endpoint.url() + path))
            .timeout(readTimeout)
            .header("Accept", JSON + ", application/json; q=0.5");
    endpoint.authorization().ifPresent(value -> builder.header("Authorization", value));
    return json == null
        ? builder.method(method, BodyPublishers.noBody()).build()
        : builder
            .header("Content-Type", JSON)
            .method(method, BodyPublishers.ofString(json))
            .build();
  }

  private void pauseBefore(int round, int attempts) {
    try {
      pause.of(retries.waitBefore(round));
    } catch (InterruptedException e) {
      throw interrupted(attempts, e);
    }
  }

  private RegistryUnavailableException interrupted(int attempts, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RegistryUnavailableException(
        urls(), attempts, "this thread was interrupted while it waited", e);
  }

  /** The client's connect failures have no message of their own. */
  private static String describe(IOException e) {
    return e.getMessage() == null || e.getMessage().isBlank()
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
