package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@MillraceTest(coordinator = false)
final class MillraceTestPerClassTest {

  private static final Set<String> NAMESPACES = new HashSet<>();

  private final LocalMillrace ofConstructor;

  MillraceTestPerClassTest(LocalMillrace millrace) {
    this.ofConstructor = millrace;
  }

  @BeforeAll
  static void note(LocalMillrace millrace) {
    NAMESPACES.add(millrace.namespace());
  }

  @Test
  void all_tests_of_a_class_share_a_namespace(LocalMillrace millrace) {
    NAMESPACES.add(millrace.namespace());

    assertThat(NAMESPACES).hasSize(1);
    assertThat(millrace.namespace()).contains("MillraceTestPerClassTest");
  }

  @Test
  void a_test_and_its_constructor_have_the_same_handle(LocalMillrace millrace) {
    assertThat(millrace).isSameAs(ofConstructor);
  }

  @Test
  void the_broker_is_there(LocalMillrace millrace) throws Exception {
    KafkaClients clients = new KafkaClients(millrace.bootstrapServers());
    String topic = millrace.namespace() + ".any";

    clients.createTopic(topic);
    clients.send(topic, "a");

    assertThat(clients.read(topic, 1)).containsExactly("a");
  }

  @Test
  void the_registry_is_there(LocalMillrace millrace) {
    SchemaRegistry registry = SchemaRegistries.of(millrace.config());
    Schema schema = Schema.create(Schema.Type.STRING);
    String subject = millrace.namespace() + ".any-value";

    int id = registry.register(subject, schema);

    assertThat(registry.byId(id)).isEqualTo(schema);
  }

  @Nested
  final class Inside {
    @Test
    void a_nested_class_shares_the_namespace_too(LocalMillrace millrace) {
      NAMESPACES.add(millrace.namespace());

      assertThat(NAMESPACES).hasSize(1);
    }
  }
}
