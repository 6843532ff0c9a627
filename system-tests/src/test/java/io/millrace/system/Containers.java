package io.millrace.system;

import com.github.dockerjava.api.model.Capability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/** Makes containers and networks, which carry this run's labels, and removes them. */
final class Containers {
  /** By identity: what testcontainers takes for equality changes. */
  private static final Map<GenericContainer<?>, String> OPEN =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** The label that has a container's name: the engine tells it with everything that happens. */
  static final String NAME = "io.millrace.system-tests.name";

  private Containers() {}

  static Network network() {
    return Network.builder()
        .createNetworkCmdModifier(command -> command.withLabels(Docker.LABELS))
        .build();
  }

  /**
   * Not started yet; to be removed with {@link #close}.
   *
   * @param name on the network
   */
  static GenericContainer<?> of(DockerImageName image, String name, Network network) {
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withLabels(Docker.LABELS)
            .withLabel(NAME, name)
            .withNetwork(network)
            .withNetworkAliases(name);
    OPEN.put(container, name);
    return container;
  }

  /** As {@link #of}; it may write to its volumes only and has no privileges. */
  static GenericContainer<?> confined(DockerImageName image, String name, Network network) {
    return of(image, name, network)
        .withCreateContainerCmdModifier(
            command ->
                Objects.requireNonNull(command.withHostName(name).getHostConfig())
                    .withReadonlyRootfs(true)
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges")));
  }

  /** Ends and removes it; what it said is kept until the test that runs has ended. */
  static void close(GenericContainer<?> container) {
    String name = OPEN.remove(container);
    if (name != null) {
      Logs.keep(name, container);
    }
    Docker.expectEnd(container);
    container.close();
  }

  /** Those that are not closed, by name; each name may be there several times. */
  static List<Map.Entry<String, GenericContainer<?>>> open() {
    List<Map.Entry<String, GenericContainer<?>>> open = new ArrayList<>();
    synchronized (OPEN) {
      OPEN.forEach((container, name) -> open.add(Map.entry(name, container)));
    }
    return open;
  }
}
