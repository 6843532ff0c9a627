package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Order(1)
@Tag("cluster")
class ClusterIT {
  @Test
  void three_brokers_and_a_registry_answer_this_jvm() throws Exception {
    try (Cluster cluster = Cluster.start();
        Admin admin = cluster.admin()) {
      admin.createTopics(List.of(new NewTopic("t", Optional.of(3), Optional.empty()))).all().get();

      var topic = admin.describeTopics(List.of("t")).allTopicNames().get().get("t");
      assertThat(Objects.requireNonNull(topic).partitions())
          .allSatisfy(p -> assertThat(p.replicas()).hasSize(3));

      var answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(cluster.registryOutside() + "/subjects"))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("[]");
    }
  }
}
