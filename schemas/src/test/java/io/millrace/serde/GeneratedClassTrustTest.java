package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.protocol.StepRegistration;
import io.millrace.serde.testing.Order;
import org.apache.avro.LogicalTypes;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class GeneratedClassTrustTest {
  @Test
  void avro_loads_it_by_itself_before_the_first_generated_class_is_used() {
    assertThat(LogicalTypes.getCustomRegisteredTypes().values())
        .anyMatch(GeneratedClassTrust.class::isInstance);
  }

  @Test
  void generated_classes_are_trusted_and_copied() {
    Order order = ProtocolCodecTest.order("a-1");

    assertThat(Order.newBuilder(order).build()).isEqualTo(order);
    assertThatCode(() -> ClassSecurityValidator.validate(StepRegistration.class))
        .doesNotThrowAnyException();
  }

  @Test
  void any_other_class_stays_refused() {
    assertThatThrownBy(() -> ClassSecurityValidator.validate(ProcessBuilder.class))
        .isInstanceOf(SecurityException.class);
  }
}
