package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

@MillraceTest(namespacePer = MillraceTest.Scope.METHOD, coordinator = false)
final class MillraceTestPerMethodTest {

  private static final Set<String> NAMESPACES = new HashSet<>();
  private static final Set<String> BROKERS = new HashSet<>();

  private String before = "";

  @BeforeEach
  void note(LocalMillrace millrace) {
    before = millrace.namespace();
  }

  @RepeatedTest(2)
  void each_test_has_a_namespace_of_its_own_on_the_one_broker(LocalMillrace millrace) {
    assertThat(millrace.namespace()).isEqualTo(before);
    assertThat(NAMESPACES.add(millrace.namespace())).isTrue();
    BROKERS.add(millrace.bootstrapServers());
    assertThat(BROKERS).hasSize(1);
  }
}
