package io.millrace.http;

/** The HTTP server cannot listen where it should. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String host, int port, Throwable cause) {
    super(
        "nothing can listen at %s:%d: the port is taken, or the address is not this machine's; set millrace.http.port or millrace.http.host to another"
            .formatted(host, port),
        cause);
  }
}
