package io.millrace.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A way to a server on which connections that carry a stream can go silent without being closed, as
 * they do where a machine in between has forgotten them.
 */
final class Wire implements AutoCloseable {
  private final URI server;
  private final ServerSocket here;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "wire");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Line> lines = new CopyOnWriteArrayList<>();

  private Wire(URI server, ServerSocket here) {
    this.server = server;
    this.here = here;
  }

  static Wire to(String url) {
    try {
      Wire wire =
          new Wire(URI.create(url), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      wire.threads.execute(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + here.getLocalPort();
  }

  /** Connections that carry a stream now say nothing more; those that come later do. */
  void forgetStreams() {
    lines.stream().filter(line -> line.streams).forEach(line -> line.silent = true);
  }

  private void accept() {
    while (!here.isClosed()) {
      try {
        Line line = new Line(here.accept(), new Socket(server.getHost(), server.getPort()));
        lines.add(line);
        threads.execute(() -> line.copy(line.browser, line.server));
        threads.execute(() -> line.copy(line.server, line.browser));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    here.close();
    for (Line line : lines) {
      line.close();
    }
    threads.shutdownNow();
  }

  private static final class Line {
    private final Socket browser;
    private final Socket server;
    private volatile boolean streams;
    private volatile boolean silent;

    Line(Socket browser, Socket server) {
      this.browser = browser;
      this.server = server;
    }

    void copy(Socket from, Socket to) {
      byte[] buffer = new byte[8192];
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (int n; (n = in.read(buffer)) >= 0; ) {
          if (from == browser && isForStream(buffer, n)) {
            streams = true;
          }
          if (!silent) {
            out.write(buffer, 0, n);
          }
        }
      } catch (IOException e) {
        // One of the two has closed it; both are closed by leaving.
      }
    }

    private static boolean isForStream(byte[] bytes, int length) {
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("/stream?");
    }

    void close() throws IOException {
      browser.close();
      server.close();
    }
  }
}
