package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code millrace dev} says is up, is up. */
@Timeout(300)
class DevIT {
  private static final String TOKENS = "millrace.http.tokens";
  private static final String TOKEN = "a-token-of-sixteen-letters";
  private static final Duration LONG = Duration.ofMinutes(2);

  private final HttpClient web = HttpClient.newHttpClient();
  private final StringWriter told = new StringWriter();

  @AfterEach
  void forget() {
    System.clearProperty(TOKENS);
  }

  @Test
  void once_it_says_up_the_console_is_served_to_this_machine() throws Exception {
    int port = freePort();
    Thread dev = dev("--http-port", String.valueOf(port), "--example", "human");
    try {
      awaitUp(dev);

      assertThat(told.toString())
          .contains("Console:  http://127.0.0.1:" + port + "/")
          .contains("for everybody on this machine");
      assertThat(get(port, "/ready").statusCode()).isEqualTo(200);
      HttpResponse<String> console = get(port, "/");
      assertThat(console.statusCode()).isEqualTo(200);
      assertThat(console.body()).contains("<html");
      assertThat(get(port, "/api/workflows").body()).contains("\"human\"");
    } finally {
      end(dev);
    }
  }

  @Test
  void tokens_of_the_settings_are_asked_for() throws Exception {
    System.setProperty(TOKENS, "view:ada:" + TOKEN);
    int port = freePort();
    Thread dev = dev("--http-port", String.valueOf(port));
    try {
      awaitUp(dev);

      assertThat(told.toString()).contains("for those whom your settings let in");
      assertThat(get(port, "/api/workflows").statusCode()).isEqualTo(401);
      assertThat(get(port, "/api/workflows", "Authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);
    } finally {
      end(dev);
    }
  }

  @Test
  void without_http_it_says_up_when_the_coordinator_answers() throws Exception {
    Thread dev = dev();
    try {
      awaitUp(dev);

      String said = told.toString();
      assertThat(said.indexOf("takes inputs")).isBetween(0, said.indexOf("Up."));
      assertThat(Said.when("inspect", "nobodys-run").err()).contains("nobodys-run");
    } finally {
      end(dev);
    }
  }

  private Thread dev(String... more) {
    String[] words = new String[more.length + 5];
    System.arraycopy(new String[] {"dev", "--port", "0", "--registry-port", "0"}, 0, words, 0, 5);
    System.arraycopy(more, 0, words, 5, more.length);
    PrintWriter out = new PrintWriter(told, true);
    Thread thread =
        new Thread(() -> Millrace.commandLine().setOut(out).setErr(out).execute(words), "dev");
    thread.start();
    return thread;
  }

  private void awaitUp(Thread dev) {
    await()
        .atMost(LONG)
        .until(
            () -> {
              assertThat(dev.isAlive()).as(told.toString()).isTrue();
              return told.toString().contains("Up. Logs are in");
            });
  }

  /** As Ctrl-C does. */
  private static void end(Thread dev) throws InterruptedException {
    dev.interrupt();
    dev.join();
  }

  private HttpResponse<String> get(int port, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return web.send(request.build(), BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
