package io.millrace.system;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/**
 * Pulls a container's plug, and puts it in again. Its connections stay open, its name still leads
 * to its address, and nobody is told: what is sent either way is lost until somebody's patience
 * ends. A container beside it does so that shares its network and has the right that it lacks.
 */
final class Cable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Cable() {}

  static void pull(Member member) {
    set(member, "ip link set ${each##*/} down");
  }

  /** One that was started again meanwhile has its network already. */
  static void plug(Member member) {
    await("that " + member + " has its network again")
        .atMost(PATIENCE)
        // It may end by itself at this very moment, and have nothing to share.
        .ignoreExceptionsInstanceOf(ContainerLaunchException.class)
        .until(() -> !Docker.isRunning(member) || up(member));
  }

  private static boolean up(Member member) {
    Optional<String> gateway =
        Docker.networks(member).values().stream()
            .map(ContainerNetwork::getGateway)
            .filter(each -> each != null && !each.isEmpty())
            .findAny();
    // The way out of its network went with the link, and does not come back with it.
    gateway.ifPresent(
        way -> set(member, "ip link set ${each##*/} up && ip route replace default via " + way));
    return gateway.isPresent();
  }

  /** A container that was detached and attached has another number at its interface. */
  private static void set(Member member, String command) {
    String forEach = "for each in /sys/class/net/eth*; do " + command + " || exit 1; done";
    try (GenericContainer<?> hand = new GenericContainer<>(Images.tools())) {
      hand.withLabels(Docker.LABELS)
          .withNetworkMode("container:" + member.id())
          .withCreateContainerCmdModifier(
              create -> {
                create.withUser("0").withEntrypoint("sh", "-c", forEach);
                Objects.requireNonNull(create.getHostConfig()).withCapAdd(Capability.NET_ADMIN);
              })
          .withStartupCheckStrategy(new OneShotStartupCheckStrategy())
          .start();
    }
  }
}
