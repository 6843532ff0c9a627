package io.millrace.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.hello.Hello.Greeting;
import io.millrace.examples.hello.Hello.Visitor;
import io.millrace.test.StepTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
  private static final Path SOURCE = Path.of("src/test/java/io/millrace/examples/hello/Hello.java");

  @Test
  void the_first_workflow_in_the_readme_is_the_one_that_is_compiled_here() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String source = Files.readString(SOURCE);

    String withoutPackage = source.substring(source.indexOf("import "));

    assertThat(readme).contains("```java\n" + withoutPackage + "```");
  }

  @Test
  void its_step_greets() {
    assertThat(StepTester.of(new Hello()).run(new Visitor("Ada")).returned())
        .isEqualTo(List.of(new Greeting("Welcome to the mill, Ada!")));
  }
}
