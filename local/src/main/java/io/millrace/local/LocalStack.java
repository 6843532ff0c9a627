package io.millrace.local;

import io.millrace.config.MillraceConfig;
import io.millrace.local.registry.DevRegistry;
import io.millrace.local.registry.DevRegistryConfig;
import io.millrace.protocol.Namespace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Millrace needs to run on one machine, in this JVM: a broker and a schema registry, started
 * in order, each part ready before the next begins, and closed in the opposite order. If a part
 * does not start, those before it are closed.
 *
 * <p>The accessors may be called from any thread; start and close belong to one.
 */
public final class LocalStack implements AutoCloseable {

  private final Parts parts;
  private final EmbeddedKafka kafka;
  private final DevRegistry registry;
  private final Namespace namespace;

  private LocalStack(Parts parts, EmbeddedKafka kafka, DevRegistry registry, Namespace namespace) {
    this.parts = parts;
    this.kafka = kafka;
    this.registry = registry;
    this.namespace = namespace;
  }

  /**
   * A builder whose defaults are temporary data, free ports and the product's default namespace.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** The broker, as clients want it. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The registry, as serializers want it. */
  public String registryUrl() {
    return registry.url();
  }

  /** The settings that a worker or a client of this stack needs. */
  public Map<String, String> config() {
    return config(bootstrapServers(), registryUrl(), namespace());
  }

  static Map<String, String> config(String bootstrapServers, String registryUrl, String namespace) {
    return Map.of(
        MillraceConfig.BOOTSTRAP_SERVERS,
        bootstrapServers,
        "schema.registry.url",
        registryUrl,
        MillraceConfig.NAMESPACE,
        namespace);
  }

  /** The namespace that the coordinator serves. */
  public String namespace() {
    return namespace.name();
  }

  /**
   * Closes every part, the last started first.
   *
   * @throws StackException if a part does not end in good order; the others are closed all the same
   */
  @Override
  public void close() {
    parts.close();
  }

  /** What to start. Not safe for use by several threads. */
  public static final class Builder {

    private final Map<String, String> serverProperties = new LinkedHashMap<>();
    private @Nullable Path dataFolder;
    private int brokerPort;
    private int registryPort;
    private Namespace namespace = new Namespace(Namespace.DEFAULT);
    private final Map<String, StackPart> more = new LinkedHashMap<>();
    private boolean coordinator = true;
    private StackListener listener = StackListener.silent();

    private Builder() {}

    /**
     * The folder to keep everything in; each part has a folder below it. Without one, data is
     * temporary.
     */
    public Builder dataFolder(Path folder) {
      this.dataFolder = folder;
      return this;
    }

    /** The broker's port; 0 (the default) means any free one. */
    public Builder brokerPort(int port) {
      this.brokerPort = port;
      return this;
    }

    /** The registry's port; 0 (the default) means any free one. */
    public Builder registryPort(int port) {
      this.registryPort = port;
      return this;
    }

    /** Sets one of the broker's server properties. */
    public Builder serverProperty(String name, String value) {
      serverProperties.put(name, value);
      return this;
    }

    /** The namespace of the coordinator. */
    public Builder namespace(String name) {
      this.namespace = new Namespace(name);
      return this;
    }

    /** Leaves the coordinator out: it runs elsewhere, or is a {@link #part} of this stack. */
    public Builder withoutCoordinator() {
      this.coordinator = false;
      return this;
    }

    /**
     * Starts one more part after the others, in the order of these calls.
     *
     * @param what its name, for progress and errors; another part of the same name is refused
     */
    public Builder part(String what, StackPart part) {
      if (more.putIfAbsent(what, part) != null) {
        throw new IllegalArgumentException("The stack has a part named " + what + " already");
      }
      return this;
    }

    /** Who hears of progress. */
    public Builder listener(StackListener listener) {
      this.listener = listener;
      return this;
    }

    /**
     * Starts everything and returns when all of it is ready.
     *
     * @throws LocalException if a part cannot start; its subclasses say why
     */
    public LocalStack start() {
      Parts parts = new Parts(listener);
      EmbeddedKafka kafka =
          parts.start("Kafka broker", this::startKafka, EmbeddedKafka::bootstrapServers);
      DevRegistry registry = parts.start("schema registry", this::startRegistry, DevRegistry::url);
      LocalStack stack = new LocalStack(parts, kafka, registry, namespace);
      if (coordinator) {
        parts.start(
            "coordinator", () -> startCoordinator(stack), c -> "namespace " + stack.namespace());
      }
      more.forEach(
          (what, part) ->
              parts.start(what, () -> part.start(stack.config()), StackPart.Started::where));
      return stack;
    }

    private LocalCoordinator startCoordinator(LocalStack stack) {
      LocalCoordinator made =
          LocalCoordinator.of(
              stack.config(), dataFolder == null ? null : dataFolder.resolve("coordinator"));
      try {
        return made.start();
      } catch (RuntimeException e) {
        made.close();
        throw e;
      }
    }

    private DevRegistry startRegistry() {
      DevRegistryConfig config = DevRegistryConfig.ofDefaults().withPort(registryPort);
      return DevRegistry.start(
          dataFolder == null ? config : config.withFolder(dataFolder.resolve("registry")));
    }

    private EmbeddedKafka startKafka() {
      EmbeddedKafka.Builder builder = EmbeddedKafka.builder().port(brokerPort);
      if (dataFolder != null) {
        builder.dataFolder(dataFolder.resolve("broker"));
      }
      serverProperties.forEach(builder::serverProperty);
      return builder.start();
    }
  }
}
