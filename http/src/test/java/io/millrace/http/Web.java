package io.millrace.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls the API as some caller, and holds each answer against the document. */
final class Web {
  static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String url;
  private final Optional<String> token;
  private final @Nullable Contract contract;

  private Web(String url, Optional<String> token, @Nullable Contract contract) {
    this.url = url;
    this.token = token;
    this.contract = contract;
  }

  /** A caller with a token that may fetch the document. */
  static Web of(String url, String token) {
    return new Web(url, Optional.of(token), new Contract(document(url, token)));
  }

  /** Until a server has started. */
  static Web nowhere() {
    return new Web("", Optional.empty(), null);
  }

  private static JsonNode document(String url, String token) {
    return new Web(url, Optional.of(token), null).get("/openapi.json").json();
  }

  Web as(@Nullable String other) {
    return new Web(url, Optional.ofNullable(other), contract);
  }

  Web at(String otherUrl) {
    return new Web(otherUrl, token, contract);
  }

  /** An answer. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + response.body(), e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Reply get(String path) {
    return call(path, request(path).GET().build());
  }

  Reply post(String path, String body) {
    return call(
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  Reply call(String path, HttpRequest request) {
    HttpResponse<String> response = sent(request, HttpResponse.BodyHandlers.ofString());
    if (contract != null) {
      contract.check(request.method(), path.split("\\?", 2)[0], response, response.body());
    }
    return new Reply(response);
  }

  /** Holds how a stream is answered against the document, and each record that it is told. */
  Consumer<JsonNode> streamed(String path, HttpResponse<?> response) {
    return contract == null ? record -> {} : contract.stream(path.split("\\?", 2)[0], response);
  }

  /** A request of this caller to a path, to be finished. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    return request;
  }

  static <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return CLIENT.send(request, handler);
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
