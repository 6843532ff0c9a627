package io.millrace.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A reader of a run's stream, which may break off. Not thread-safe. */
final class Tail implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  private final Consumer<JsonNode> contract;

  /**
   * @param contract is told every record
   */
  private Tail(HttpResponse<InputStream> response, Consumer<JsonNode> contract) {
    this.response = response;
    this.contract = contract;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /**
   * @param last id of what was seen last; empty: from the start
   */
  static Tail of(Web web, String path, String last, String accept) {
    HttpRequest.Builder request = web.request(path).header("Accept", accept);
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<InputStream> response =
        Web.sent(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    return new Tail(response, web.streamed(path, response));
  }

  static Tail sse(Web web, String runId, String last) {
    return of(web, "/api/runs/" + runId + "/stream", last, "text/event-stream");
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The next line as it is; empty: the stream has ended. */
  Optional<String> line() {
    try {
      return Optional.ofNullable(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next record, by its data; empty: the stream has ended. */
  Optional<JsonNode> next() {
    String id = "";
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String text = line.get();
      if (text.startsWith("id: ")) {
        id = text.substring(4);
      } else if (text.startsWith("data: ") || text.startsWith("{")) {
        JsonNode record = read(text.substring(text.indexOf('{')));
        if (!id.isEmpty() && !record.get("id").asText().equals(id)) {
          throw new AssertionError("id " + id + " of " + record);
        }
        contract.accept(record);
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  List<JsonNode> rest() {
    List<JsonNode> all = new ArrayList<>();
    for (Optional<JsonNode> next = next(); next.isPresent(); next = next()) {
      all.add(next.get());
    }
    return all;
  }

  private static JsonNode read(String json) {
    try {
      return Web.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Breaks off, as a client that is killed does. */
  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
