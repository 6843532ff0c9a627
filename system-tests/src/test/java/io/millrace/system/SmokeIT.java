package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That what the other tests disturb works undisturbed. */
@OnStack
@Tag("smoke")
class SmokeIT {
  @Test
  void without_faults_every_run_ends_as_it_should_and_leaves_nothing(Stack stack) throws Exception {
    stack.underLoad(load -> Stack.awaitProgress(load, 40));
  }

  @Test
  void the_image_of_the_coordinator_says_that_it_is_healthy(Stack stack) {
    for (Member coordinator : stack.fleet().coordinators()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(Docker.health(coordinator)).isEqualTo("healthy"));
    }
  }
}
