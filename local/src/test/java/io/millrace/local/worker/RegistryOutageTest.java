package io.millrace.local.worker;

import static io.millrace.local.worker.Mill.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.config.MillraceConfig;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.local.registry.DevRegistry;
import io.millrace.local.registry.DevRegistryConfig;
import io.millrace.protocol.StepCompleted;
import io.millrace.registry.RegistryUnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@MillraceTest(coordinator = false, namespacePer = MillraceTest.Scope.METHOD)
class RegistryOutageTest {
  record Grain(int sacks) implements Event {}

  record Flour(int bags) implements StopEvent {}

  static final class Grind {
    @Step
    public Flour grind(Grain grain) {
      return new Flour(grain.sacks());
    }
  }

  private static MillraceConfig withRegistry(LocalMillrace millrace, int port) {
    return MillraceConfig.of(millrace.config())
        .with(Map.of("schema.registry.url", "http://127.0.0.1:" + port));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void F4_a_worker_that_starts_without_a_registry_goes_on_when_it_comes(LocalMillrace millrace)
      throws Exception {
    int port = freePort();
    Mill mill = millrace.closeAtEnd(new Mill(withRegistry(millrace, port)));
    StepWorker worker =
        millrace.closeAtEnd(StepWorker.of(WORKFLOW, new Grind()).configuredBy(mill.config()));
    CompletableFuture<StepWorker> started = CompletableFuture.supplyAsync(worker::start);
    String events = mill.namespace().events(WORKFLOW, "Grain");
    Awaitility.await("topics, which come before schemas")
        .atMost(Mill.PATIENCE)
        .until(() -> mill.admin.listTopics().names().get().contains(events));
    assertThat(started).isNotDone();
    assertThat(mill.read(mill.namespace().steps())).isEmpty();

    millrace.closeAtEnd(DevRegistry.start(DevRegistryConfig.ofDefaults().withPort(port)));

    started.get(Mill.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    mill.dispatch("run-1", "grind", "x1", new Grain(2));
    mill.awaitSaid(StepCompleted.class, all -> all.size() == 1);
  }

  @Test
  void F4_a_worker_that_waited_in_vain_names_the_registry_and_what_to_check(LocalMillrace millrace)
      throws Exception {
    int port = freePort();
    StepWorker worker =
        millrace.closeAtEnd(
            StepWorker.of(WORKFLOW, new Grind())
                .configuredBy(
                    withRegistry(millrace, port)
                        .with(Map.of("millrace.startup.timeout.ms", "500"))));

    assertThatThrownBy(worker::start)
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("http://127.0.0.1:" + port)
        .hasMessageContaining("check schema.registry.url");
  }

  @Test
  void F4_a_worker_that_knows_its_schemas_goes_on_while_the_registry_is_down(LocalMillrace millrace)
      throws Exception {
    DevRegistry registry = DevRegistry.start(DevRegistryConfig.ofDefaults());
    Mill mill = millrace.closeAtEnd(new Mill(withRegistry(millrace, registry.port())));
    try (registry) {
      millrace.closeAtEnd(StepWorker.of(WORKFLOW, new Grind()).configuredBy(mill.config()).start());
      mill.dispatch("run-1", "grind", "x1", new Grain(1));
      mill.awaitSaid(StepCompleted.class, all -> all.size() == 1);
    }

    for (int i = 2; i <= 10; i++) {
      mill.dispatch("run-" + i, "grind", "x" + i, new Grain(i));
    }

    assertThat(mill.awaitSaid(StepCompleted.class, all -> all.size() == 10)).hasSize(10);
  }
}
