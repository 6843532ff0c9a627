package io.millrace.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine that containers publish: chosen here, so that a restart keeps them. */
final class Ports {
  private Ports() {}

  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Docker wants it: on this machine only. */
  static String published(int port, int inside) {
    return "127.0.0.1:" + port + ":" + inside;
  }
}
