package io.millrace.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker, one KRaft node, inside this JVM. It listens on the loopback address only and
 * keeps its data in a folder, from which a later broker, in this process or another, goes on.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataFolder(Path.of("data")).start()) {
 *   connectTo(kafka.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. It writes to slf4j and leaves the configuration of logging to
 * the application.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private final DataFolder folder;
  private final int port;
  private final BrokerNode node;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(DataFolder folder, int port, BrokerNode node) {
    this.folder = folder;
    this.port = port;
    this.node = node;
  }

  /** A builder whose defaults are a temporary folder and any free port. */
  public static Builder builder() {
    return new Builder();
  }

  /** What clients need as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return BoundSockets.HOST + ":" + port;
  }

  /** The port that clients connect to. */
  public int port() {
    return port;
  }

  /** Where the data is, absolute. A temporary folder is gone after {@link #close()}. */
  public Path dataFolder() {
    return folder.path();
  }

  /**
   * Stops the broker in good order and returns when its data is on disk. A second call does
   * nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        node.stop();
      } finally {
        folder.close();
      }
    }
  }

  /** What to start. Not safe for use by several threads. */
  public static final class Builder {

    private final Map<String, String> serverProperties = new LinkedHashMap<>();
    private @Nullable Path dataFolder;
    private int port;
    private Consumer<Throwable> onFatal = fault -> {};

    private Builder() {}

    /** The folder to keep data in; created if missing. Without one, data is temporary. */
    public Builder dataFolder(Path folder) {
      this.dataFolder = folder;
      return this;
    }

    /** The port to listen on; 0 (the default) means any free one. */
    public Builder port(int port) {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("A port is a number from 0 to 65535, not " + port);
      }
      this.port = port;
      return this;
    }

    /** Sets one of Kafka's server properties, over what the embedded broker would choose. */
    public Builder serverProperty(String name, String value) {
      serverProperties.put(name, value);
      return this;
    }

    /**
     * Called at most a few times, from a thread of the broker, when it can no longer work; it must
     * then be closed.
     */
    public Builder onFatalFault(Consumer<Throwable> listener) {
      this.onFatal = listener;
      return this;
    }

    /**
     * Starts the broker and returns when it takes requests: about two seconds the first time in a
     * JVM.
     *
     * @throws PortInUseException if the port is taken
     * @throws PortUnusableException if the port cannot be listened on for another reason
     * @throws DataFolderException if the folder cannot be used
     * @throws BrokerStartException if the broker fails for any other reason
     */
    public EmbeddedKafka start() {
      long began = System.nanoTime();
      DataFolder folder = DataFolder.open(dataFolder);
      try {
        EmbeddedKafka kafka = startIn(folder);
        LOG.info(
            "Embedded broker started. bootstrapServers={} folder={} took={}",
            kafka.bootstrapServers(),
            folder.path(),
            Duration.ofNanos(System.nanoTime() - began));
        return kafka;
      } catch (RuntimeException e) {
        folder.close();
        throw e;
      }
    }

    private EmbeddedKafka startIn(DataFolder folder) {
      try (BoundSockets sockets = new BoundSockets()) {
        int clients = sockets.bind("the Kafka broker", port);
        int controllers = sockets.bind("the Kafka controller", 0);
        Properties all = BrokerProperties.of(folder.path(), clients, controllers, serverProperties);
        return new EmbeddedKafka(folder, clients, startNode(folder, clients, all, sockets));
      } catch (IOException e) {
        throw new BrokerStartException(folder, "port " + port, e);
      }
    }

    private BrokerNode startNode(
        DataFolder folder, int clients, Properties all, BoundSockets sockets) {
      BrokerNode node = null;
      try {
        if (folder.isNew()) {
          BrokerNode.format(folder);
        }
        node = new BrokerNode(all, sockets, new BrokerFaults(onFatal));
        node.start();
        return node;
      } catch (Exception e) {
        RuntimeException failure = explain(folder, clients, e);
        stopAfter(failure, node);
        throw failure;
      }
    }

    private static RuntimeException explain(DataFolder folder, int clients, Exception e) {
      boolean lockedByKafka =
          e instanceof KafkaException && String.valueOf(e.getMessage()).contains("acquire lock");
      return lockedByKafka
          ? DataFolderException.locked(folder.path(), e)
          : new BrokerStartException(folder, BoundSockets.HOST + ":" + clients, e);
    }

    private static void stopAfter(RuntimeException failure, @Nullable BrokerNode node) {
      if (node == null) {
        return;
      }
      try {
        node.stop();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
