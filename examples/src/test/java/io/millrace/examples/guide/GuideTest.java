package io.millrace.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.guide.Deliveries.Approval;
import io.millrace.examples.guide.Deliveries.ApproveOrder;
import io.millrace.examples.guide.Deliveries.Bread;
import io.millrace.examples.guide.Deliveries.Delivery;
import io.millrace.examples.guide.Deliveries.Flour;
import io.millrace.examples.guide.Deliveries.Order;
import io.millrace.examples.guide.Deliveries.Receipt;
import io.millrace.examples.guide.Deliveries.Sack;
import io.millrace.examples.guide.Deliveries.Shipped;
import io.millrace.examples.guide.Deliveries.Water;
import io.millrace.examples.guide.Deliveries.Weighed;
import io.millrace.test.StepTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class GuideTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/millrace/examples/guide/Deliveries.java");
  private static final List<String> SECTIONS =
      List.of(
          "### Joins",
          "### Handling failures",
          "### Redrive",
          "### Waiting in the middle of a step");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private final StepTester steps = StepTester.of(new Deliveries());

  @Test
  void the_code_of_the_guide_is_the_one_that_is_compiled_here() throws IOException {
    String guide = Files.readString(Path.of("../docs/guide.md"));
    String source = unindented(Files.readString(SOURCE));
    List<String> blocks = new ArrayList<>();
    for (String section : SECTIONS) {
      String text = guide.substring(guide.indexOf(section + "\n") + section.length());
      CODE.matcher(text.split("\n##", 2)[0]).results().forEach(found -> blocks.add(found.group(1)));
    }

    assertThat(blocks).hasSize(5);
    assertThat(blocks).allSatisfy(block -> assertThat(source).contains(unindented(block)));
  }

  private static String unindented(String code) {
    return code.lines()
        .map(line -> line.strip().replaceAll(" +//", " //"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void C6_C7_its_joins_join() {
    assertThat(steps.runJoin(new Flour(1), new Water(2)).returned())
        .isEqualTo(List.of(new Bread(new Flour(1), new Water(2))));
    assertThat(steps.run(new Delivery(List.of(5, 7))).returned())
        .isEqualTo(List.of(new Sack(5), new Sack(7)));
    assertThat(steps.runJoin(new Weighed(4), new Weighed(6)).returned())
        .isEqualTo(List.of(new Receipt(10)));
  }

  @Test
  void E4_its_handler_handles() {
    assertThat(steps.runFailure("weigh", new Sack(5), new IOException("jam")).returned())
        .isEqualTo(List.of(new Weighed(5)));
  }

  @Test
  void W3_its_wait_asks_and_takes_the_answer() {
    assertThat(steps.run(new Order(3)).suspension().orElseThrow().prompt())
        .contains(new ApproveOrder(3));
    assertThat(steps.withAnswer(new Approval(3, "Ada")).run(new Order(3)).returned())
        .isEqualTo(List.of(new Shipped(3, "Ada")));
  }
}
