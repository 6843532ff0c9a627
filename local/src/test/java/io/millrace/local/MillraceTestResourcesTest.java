package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@MillraceTest(coordinator = false)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MillraceTestResourcesTest {

  private static final List<String> CLOSED = new ArrayList<>();

  @BeforeAll
  static void of_the_class(LocalMillrace millrace) {
    millrace.<AutoCloseable>closeAtEnd(() -> CLOSED.add("of the class"));
  }

  @Test
  @Order(1)
  void what_a_test_opens_stays_open_while_it_runs(LocalMillrace millrace) {
    millrace.<AutoCloseable>closeAtEnd(() -> CLOSED.add("first of the test"));
    millrace.<AutoCloseable>closeAtEnd(() -> CLOSED.add("last of the test"));

    assertThat(CLOSED).isEmpty();
  }

  @Test
  @Order(2)
  void what_a_test_opened_is_closed_after_it_and_what_the_class_opened_is_not() {
    assertThat(CLOSED).containsExactly("last of the test", "first of the test");
  }
}
