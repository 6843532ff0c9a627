package io.millrace.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker's endpoint beside people who do not finish their requests. */
@Timeout(60)
class MetricsEndpointTest {
  private static final String HALF = "GET /health HTTP/1.1\r\nHost: loc";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MetricsEndpoint endpoint =
      MetricsEndpoint.start(new MetricsConfig(0, "127.0.0.1", "mill"), Duration.ofMillis(500));
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    endpoint.close();
  }

  @Test
  void requests_that_were_sent_by_half_hold_up_no_probe() throws Exception {
    for (int i = 0; i < 5; i++) {
      half();
    }

    assertThat(health()).isEqualTo(200);
  }

  @Test
  void more_of_them_than_there_are_threads_hold_up_a_probe_only_for_the_time_of_a_request()
      throws Exception {
    for (int i = 0; i < 100; i++) {
      half();
    }

    assertThat(health()).isEqualTo(200);
  }

  @Test
  void a_request_that_takes_too_long_is_hung_up_on() throws Exception {
    Socket slow = half();

    assertThat(slow.getInputStream().read()).as("the end, not an answer").isEqualTo(-1);
    assertThat(health()).isEqualTo(200);
  }

  private Socket half() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.getOutputStream().write(HALF.getBytes(StandardCharsets.US_ASCII));
    sockets.add(socket);
    return socket;
  }

  private int health() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/health"))
            .timeout(PATIENCE)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
