package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Step;
import io.millrace.examples.ExampleCatalog.Example;
import io.millrace.examples.ExampleCatalog.ExampleStep;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExampleCatalogTest {
  static List<Example> examples() {
    return ExampleCatalog.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_step_of_the_catalog_is_a_class_with_that_step_and_a_main(Example example)
      throws NoSuchMethodException {
    for (ExampleStep step : example.steps()) {
      assertThat(step.main().getMethod("main", String[].class)).isNotNull();
      assertThat(
              Arrays.stream(step.main().getMethods())
                  .filter(m -> m.isAnnotationPresent(Step.class)))
          .extracting(Method::getName)
          .containsExactly(step.name());
    }
    assertThat(example.client().getMethod("main", String[].class)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_is_found_by_its_workflow(Example example) {
    assertThat(ExampleCatalog.find(example.workflow().name())).contains(example);
    assertThat(ExampleCatalog.find("unknown")).isEmpty();
  }
}
