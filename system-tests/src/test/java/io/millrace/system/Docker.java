package io.millrace.system;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** What is done to a container from outside, without it being asked. */
final class Docker {
  /** On all containers, so that {@code ./run} can remove what a run that was killed left behind. */
  static final Map<String, String> LABELS =
      Map.of(
          "io.millrace.system-tests", System.getProperty("millrace.system-tests.run", "by-hand"));

  private Docker() {}

  private static DockerClient client() {
    return DockerClientFactory.instance().client();
  }

  /** The end that no code of it can see coming. */
  static void kill(Member member) {
    if (isRunning(member)) {
      client().killContainerCmd(member.id()).withSignal("KILL").exec();
    }
  }

  /** Asks it to end, and waits until it has. */
  static void stop(Member member, int patienceSeconds) {
    if (!isRunning(member)) {
      return;
    }
    client().stopContainerCmd(member.id()).withTimeout(patienceSeconds).exec();
  }

  /** Starts it again, with what it had on disk. */
  static void start(Member member) {
    if (!isRunning(member)) {
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

  /** Nothing that it sends arrives, nothing reaches it, and nobody is told. */
  static void cut(Member member, Network network) {
    client()
        .disconnectFromNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(member.id())
        .exec();
  }

  static void heal(Member member, Network network) {
    client()
        .connectToNetworkCmd()
        .withNetworkId(network.getId())
        .withContainerId(member.id())
        .withContainerNetwork(new ContainerNetwork().withAliases(member.name()))
        .exec();
  }

  static boolean isRunning(Member member) {
    return Boolean.TRUE.equals(state(member).getRunning());
  }

  /** {@code starting}, {@code healthy} or {@code unhealthy}, by the image's own check. */
  static String health(Member member) {
    return state(member).getHealth().getStatus();
  }

  /** How often it has ended by itself and was started again. */
  static int restarts(Member member) {
    Integer count = client().inspectContainerCmd(member.id()).exec().getRestartCount();
    return count == null ? 0 : count;
  }

  private static ContainerState state(Member member) {
    return client().inspectContainerCmd(member.id()).exec().getState();
  }
}
