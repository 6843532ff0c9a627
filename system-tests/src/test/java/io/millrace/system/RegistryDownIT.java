package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The schema registry is down, and back. */
@OnStack
@Tag("full")
class RegistryDownIT {
  @Test
  void F4_workers_that_know_their_schemas_go_on_and_new_ones_wait(Stack stack) throws Exception {
    Fleet fleet = stack.fleet();
    Member registry = stack.cluster().registry();
    stack.underLoad(
        load -> {
          // By then this client has read one event of each type, too.
          Stack.awaitProgress(load, 10);
          Docker.kill(registry);
          Stack.awaitProgress(load, 20);

          Member newcomer = fleet.add(Service.WEIGH);
          CompletableFuture<Void> started = CompletableFuture.runAsync(newcomer.container()::start);
          await("that the newcomer says that it waits for the registry")
              .atMost(Duration.ofMinutes(1))
              .failFast(() -> assertThat(started).isNotDone())
              .untilAsserted(
                  () ->
                      assertThat(Fleet.log(newcomer))
                          .contains("Waiting. for=schema registry at " + Cluster.registryInside()));

          Docker.start(registry);
          started.join();
          fleet.scale(Service.WEIGH, 2);
        });
  }
}
