package io.millrace.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both images ask of their process: {@code images/bin/health}. */
@Timeout(60)
class HealthScriptTest {
  private static final String SCRIPT = Path.of("..", "images", "bin", "health").toString();
  private static final String LOOPBACK = "127.0.0.1";

  /** Port 0 is any free one, and the image cannot know which; it must not be sick for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"", "0"})
  void without_a_port_that_is_known_it_is_enough_that_the_process_runs(String port)
      throws Exception {
    assertThat(health(LOOPBACK, port)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"200, 127.0.0.1, 0", "200, 0.0.0.0, 0", "200, '', 0", "503, 127.0.0.1, 1"})
  void a_process_with_a_port_is_as_healthy_as_it_says(int status, String host, int exit)
      throws Exception {
    HttpServer server = serving(status);
    try {
      assertThat(health(host, "" + server.getAddress().getPort())).isEqualTo(exit);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void a_process_that_does_not_answer_at_its_port_is_not_healthy() throws Exception {
    HttpServer server = serving(200);
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThat(health(LOOPBACK, "" + port)).isEqualTo(1);
  }

  private static HttpServer serving(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(LOOPBACK), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static int health(String host, String port) throws Exception {
    Process process =
        new ProcessBuilder("bash", SCRIPT, host, port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
