package io.millrace.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's listening sockets, bound before the broker exists and handed to it when it asks.
 *
 * <p>Kafka wants port numbers in its configuration and binds them much later. Looking for free
 * ports first would leave a gap in which anybody may take them; a socket that is never let go of
 * has no such gap.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {

  static final String HOST = "127.0.0.1";
  private static final int BACKLOG = 50;

  private final Map<Integer, ServerSocketChannel> byPort = new LinkedHashMap<>();

  /** Listens on the port, or on any free one if it is 0, and returns the number. */
  synchronized int bind(String part, int port) {
    InetSocketAddress address = new InetSocketAddress(HOST, port);
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.configureBlocking(false);
        channel.bind(address, BACKLOG);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      int bound = channel.socket().getLocalPort();
      byPort.put(bound, channel);
      return bound;
    } catch (BindException e) {
      // The same type says that the port is forbidden; only the words tell.
      if (String.valueOf(e.getMessage()).contains("in use")) {
        throw new PortInUseException(part, HOST, port, e);
      }
      throw new PortUnusableException(part, HOST, port, e);
    } catch (IOException e) {
      throw new PortUnusableException(part, HOST, port, e);
    }
  }

  @Override
  public synchronized ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int listenBacklog, int receiveBuffer)
      throws IOException {
    ServerSocketChannel bound = byPort.remove(address.getPort());
    return bound != null
        ? bound
        : ServerSocketFactory.INSTANCE.openServerSocket(
            listenerName, address, listenBacklog, receiveBuffer);
  }

  /** Closes the sockets that no broker has taken; the others are closed by the broker. */
  @Override
  public synchronized void close() throws IOException {
    for (ServerSocketChannel channel : byPort.values()) {
      channel.close();
    }
    byPort.clear();
  }
}
