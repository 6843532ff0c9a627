package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.protocol.TopicBatches;
import io.millrace.protocol.TopicCreation;
import io.millrace.protocol.TopicCreationException;
import io.millrace.protocol.TopicSpec;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MillraceTest(coordinator = false, namespacePer = MillraceTest.Scope.METHOD)
class TopicCreationTest {
  private final String prefix;
  private final Admin admin;
  private final ExecutorService threads = Executors.newFixedThreadPool(60);

  TopicCreationTest(LocalMillrace millrace) {
    this.prefix = millrace.namespace() + ".";
    this.admin =
        millrace.closeAtEnd(Admin.create(Map.of("bootstrap.servers", millrace.bootstrapServers())));
  }

  @AfterEach
  void end_threads() {
    threads.shutdownNow();
  }

  @Test
  void those_that_are_missing_are_created_and_those_that_are_there_are_left() throws Exception {
    TopicCreation.ensure(admin, List.of(spec("old", 1)));

    TopicCreation.ensure(admin, List.of(spec("old", 3), spec("new", 2)));

    assertThat(partitions("old")).isEqualTo(1);
    assertThat(partitions("new")).isEqualTo(2);
  }

  @Test
  void one_that_cannot_be_is_told_by_name() {
    assertThatThrownBy(() -> TopicCreation.ensure(admin, List.of(spec("no name", 1))))
        .isInstanceOf(TopicCreationException.class)
        .hasMessageContaining("no name");
  }

  @Test
  void single_ones_that_are_wanted_at_the_same_time_share_requests() {
    AtomicInteger requests = new AtomicInteger();
    TopicBatches batches = new TopicBatches(counting(requests));
    List<CompletableFuture<Void>> wanted =
        IntStream.range(0, 60)
            .mapToObj(i -> spec("run-" + i / 2, 1))
            .map(spec -> CompletableFuture.runAsync(() -> batches.ensure(spec), threads))
            .toList();

    wanted.forEach(CompletableFuture::join);

    await().untilAsserted(() -> assertThat(names()).hasSize(30));
    assertThat(requests).hasValueLessThan(30);
  }

  @Test
  void one_that_cannot_be_fails_alone_and_those_after_it_are_created() {
    TopicBatches batches = new TopicBatches(admin);
    List<CompletableFuture<Void>> wanted =
        Stream.of("a", "no name", "b")
            .map(name -> spec(name, 1))
            .map(spec -> CompletableFuture.runAsync(() -> batches.ensure(spec), threads))
            .toList();

    wanted.get(0).join();
    wanted.get(2).join();
    assertThatThrownBy(wanted.get(1)::join)
        .hasCauseInstanceOf(TopicCreationException.class)
        .hasMessageContaining("no name");
    batches.ensure(spec("c", 1));

    await().untilAsserted(() -> assertThat(names()).containsExactlyInAnyOrder("a", "b", "c"));
  }

  private Admin counting(AtomicInteger requests) {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              requests.addAndGet(method.getName().equals("createTopics") ? 1 : 0);
              return method.invoke(admin, arguments);
            });
  }

  private List<String> names() {
    try {
      return admin.listTopics().names().get(60, TimeUnit.SECONDS).stream()
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .toList();
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private TopicSpec spec(String name, int partitions) {
    return new TopicSpec(prefix + name, partitions, Optional.empty(), Map.of());
  }

  private int partitions(String name) throws Exception {
    Map<String, TopicDescription> found =
        admin.describeTopics(List.of(prefix + name)).allTopicNames().get(60, TimeUnit.SECONDS);
    assertThat(found).containsOnlyKeys(prefix + name);
    return found.values().iterator().next().partitions().size();
  }
}
