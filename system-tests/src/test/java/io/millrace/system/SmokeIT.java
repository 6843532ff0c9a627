package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;

/** That what the other tests disturb works undisturbed. */
@OnStack
@Tag("smoke")
@Tag("full")
class SmokeIT {
  private static final String ASK_HEALTH = "/app/bin/health 127.0.0.1 ";
  private static final Pattern HEAP = Pattern.compile("MaxHeapSize\\s*=\\s*(\\d+)");

  /** What the chart gives a step, and the documentation of the images. */
  private static final long LIMIT = 384L * 1024 * 1024;

  private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(60);

  @Test
  void without_faults_every_run_ends_as_it_should_and_leaves_nothing(Stack stack) throws Exception {
    List<String> before = stack.ends();

    Load load = stack.underLoad(each -> Stack.awaitProgress(each, 40));

    // With a record that is refused until its producer gives up a run takes two minutes.
    assertThat(load.longest()).as("the slowest run").isLessThan(Duration.ofMinutes(1));
    assertThat(stack.ends()).as("containers that have ended by themselves").isEqualTo(before);
  }

  @Test
  void the_image_of_the_coordinator_says_that_it_is_healthy(Stack stack) {
    for (Member coordinator : stack.fleet().coordinators()) {
      Stack.awaitHealthy(coordinator, HEALTHY_WITHIN);
    }
  }

  @Test
  void the_image_of_the_steps_says_so_by_what_they_answer(Stack stack) throws Exception {
    for (Service service : Service.TALLY) {
      for (Member copy : stack.fleet().copies(service)) {
        Stack.awaitHealthy(copy, HEALTHY_WITHIN);
        // That it is healthy means nothing if there is no port: all that runs is, then.
        assertThat(run(copy, ASK_HEALTH + Fleet.METRICS_PORT).getExitCode())
            .as(copy.name())
            .isZero();
        assertThat(run(copy, ASK_HEALTH + "9").getExitCode()).as("nobody is there").isEqualTo(1);
      }
    }
  }

  @Test
  void with_the_flags_of_the_image_a_step_keeps_below_the_limit_of_its_memory(Stack stack)
      throws Exception {
    List<String> before = stack.ends();
    Member copy = stack.fleet().asShipped(Service.WEIGH, LIMIT);
    try {
      Stack.awaitHealthy(copy, HEALTHY_WITHIN);
      stack.underLoad(load -> Stack.awaitProgress(load, 20));

      assertThat(heap(copy)).isBetween(LIMIT * 69 / 100, LIMIT * 71 / 100);
      assertThat(Docker.isRunning(copy)).isTrue();
      assertThat(stack.ends()).as("containers that have ended by themselves").isEqualTo(before);
    } finally {
      Containers.close(copy.container());
    }
  }

  /** The most that a JVM takes in this container: one with the flags of the process itself. */
  private static long heap(Member member) throws Exception {
    ExecResult flags = run(member, "java -XX:+PrintFlagsFinal -version");
    Matcher heap = HEAP.matcher(flags.getStdout());
    assertThat(heap.find()).as(flags.toString()).isTrue();
    return Long.parseLong(heap.group(1));
  }

  private static ExecResult run(Member member, String command) throws Exception {
    return member.container().execInContainer("bash", "-c", command);
  }

  @Test
  void all_topics_have_three_replicas_and_want_two_in_sync(Stack stack) throws Exception {
    try (Admin admin = stack.cluster().admin()) {
      Set<String> topics = admin.listTopics().names().get();
      topics.removeIf(topic -> topic.contains(".stream."));
      assertThat(topics).contains("millrace.runs", "millrace.outcomes", "millrace.tally.Sack");

      Map<String, TopicDescription> described = admin.describeTopics(topics).allTopicNames().get();
      assertThat(described)
          .allSatisfy(
              (topic, description) ->
                  assertThat(description.partitions())
                      .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(3)));
      List<ConfigResource> resources =
          topics.stream()
              .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
              .toList();
      assertThat(admin.describeConfigs(resources).all().get())
          .allSatisfy(
              (topic, config) ->
                  assertThat(config.get("min.insync.replicas").value()).isEqualTo("2"));
    }
  }
}
