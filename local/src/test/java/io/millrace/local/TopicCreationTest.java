package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.protocol.TopicCreation;
import io.millrace.protocol.TopicCreationException;
import io.millrace.protocol.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;

@MillraceTest(coordinator = false, namespacePer = MillraceTest.Scope.METHOD)
class TopicCreationTest {
  private final String prefix;
  private final Admin admin;

  TopicCreationTest(LocalMillrace millrace) {
    this.prefix = millrace.namespace() + ".";
    this.admin =
        millrace.closeAtEnd(Admin.create(Map.of("bootstrap.servers", millrace.bootstrapServers())));
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
