package io.millrace.system;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** What is done to a container from outside, without it being asked. */
final class Docker {
  /**
   * On containers, networks and volumes, so that {@code ./run} can remove what a run that was
   * killed left behind.
   */
  static final Map<String, String> LABELS =
      Map.of(
          "io.millrace.system-tests", System.getProperty("millrace.system-tests.run", "by-hand"));

  /** Ids of containers that are being ended from here. */
  private static final Set<String> EXPECTED = ConcurrentHashMap.newKeySet();

  private Docker() {}

  private static DockerClient client() {
    return DockerClientFactory.instance().client();
  }

  /** The end that no code of it can see coming. */
  static void kill(Member member) {
    if (isRunning(member)) {
      expectEnd(member.container());
      client().killContainerCmd(member.id()).withSignal("KILL").exec();
    }
  }

  /** Asks it to end, and waits until it has. */
  static void stop(Member member, int patienceSeconds) {
    if (!isRunning(member)) {
      return;
    }
    expectEnd(member.container());
    client().stopContainerCmd(member.id()).withTimeout(patienceSeconds).exec();
  }

  /** Starts it again, with what it had on disk. */
  static void start(Member member) {
    if (!isRunning(member)) {
      EXPECTED.remove(member.id());
      client().startContainerCmd(member.id()).exec();
    }
  }

  /** None of its threads runs until it is thawed; its connections stay open. */
  static void pause(Member member) {
    client().pauseContainerCmd(member.id()).exec();
  }

  static void thaw(Member member) {
    client().unpauseContainerCmd(member.id()).exec();
  }

  /** It has no network and no name on it: it and others meet errors at once. */
  static void detach(Member member, Network network) {
    client()
        .disconnectFromNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(member.id())
        .exec();
  }

  /** One that ended by itself while it was detached may be attached already. */
  static void attach(Member member, Network network) {
    boolean attached =
        networks(member).values().stream()
            .anyMatch(each -> network.getId().equals(each.getNetworkID()));
    if (attached) {
      return;
    }
    client()
        .connectToNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(member.id())
        .withContainerNetwork(new ContainerNetwork().withAliases(member.name()))
        .exec();
  }

  /** By their names. */
  static Map<String, ContainerNetwork> networks(Member member) {
    return client().inspectContainerCmd(member.id()).exec().getNetworkSettings().getNetworks();
  }

  static boolean isRunning(Member member) {
    return Boolean.TRUE.equals(state(member).getRunning());
  }

  /** {@code starting}, {@code healthy} or {@code unhealthy}, by the image's own check. */
  static String health(Member member) {
    return state(member).getHealth().getStatus();
  }

  /** How often the engine has started it again since it was last started from here. */
  static int restarts(Member member) {
    return client().inspectContainerCmd(member.id()).exec().getRestartCount();
  }

  /** If it ends from here on, it is not by itself, until it is started again. */
  static void expectEnd(GenericContainer<?> container) {
    String id = container.getContainerId();
    if (id != null) {
      EXPECTED.add(id);
    }
  }

  static boolean wasExpected(String id) {
    return EXPECTED.contains(id);
  }

  /** Tells of every end of a container of this run, from now on. */
  static ResultCallback.Adapter<Event> onEnd(ResultCallback.Adapter<Event> ends) {
    return client()
        .eventsCmd()
        .withEventTypeFilter(EventType.CONTAINER)
        .withEventFilter("die")
        .withLabelFilter(LABELS)
        .exec(ends);
  }

  private static ContainerState state(Member member) {
    return client().inspectContainerCmd(member.id()).exec().getState();
  }
}
