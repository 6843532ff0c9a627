package io.millrace.worker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Names one life of a worker, and the tries in it (law 6). Thread-safe. */
final class Incarnation {
  private final String host = hostName();
  private final String id =
      "%s-%d-%08x"
          .formatted(host, ProcessHandle.current().pid(), ThreadLocalRandom.current().nextInt());
  private final AtomicLong tries = new AtomicLong();

  String id() {
    return id;
  }

  String host() {
    return host;
  }

  String nextTryId() {
    return id + "-" + tries.incrementAndGet();
  }

  @Override
  public String toString() {
    return id;
  }

  private static String hostName() {
    String named = System.getenv("HOSTNAME");
    if (named != null && !named.isBlank()) {
      return named;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // only part of a name; the random part makes it unique
    }
  }
}
