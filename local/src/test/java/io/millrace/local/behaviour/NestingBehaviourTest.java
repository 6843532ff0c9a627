package io.millrace.local.behaviour;

import static io.millrace.local.behaviour.Workshop.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Event;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fan-outs within fan-outs. */
@MillraceTest
class NestingBehaviourTest {
  private static final int WIDE = 5;

  record Begin() implements StartEvent {}

  record Field(String name) implements Event {}

  record Row(String name) implements Event {}

  record Plant(String name) implements Event {}

  record Grain(String name) implements Event {}

  record Sheaf(List<String> grains) implements Event {}

  record Cart(List<Sheaf> sheaves) implements Event {}

  record Harvest(List<Cart> carts) implements StopEvent {}

  /** The very first branch ends when all others have been reaped: what comes first arrives late. */
  static final class Farm {
    final List<String> joined = new CopyOnWriteArrayList<>();
    private final CountDownLatch others = new CountDownLatch(WIDE * WIDE * WIDE - 1);

    @Step
    public List<Field> plan(Begin begin) {
      return names("").map(Field::new).toList();
    }

    @Step
    public List<Row> plough(Field field) {
      return names(field.name()).map(Row::new).toList();
    }

    @Step
    public List<Plant> sow(Row row) {
      return names(row.name()).map(Plant::new).toList();
    }

    @Step
    public Grain reap(Plant plant) throws InterruptedException {
      if (plant.name().equals("000")) {
        Workshop.await(others);
      } else {
        others.countDown();
      }
      return new Grain(plant.name());
    }

    @Step
    public Sheaf bind(List<Grain> grains) {
      joined.add("row " + grains.get(0).name().substring(0, 2));
      return new Sheaf(grains.stream().map(Grain::name).toList());
    }

    @Step
    public Cart load(List<Sheaf> sheaves) {
      joined.add("field " + sheaves.get(0).grains().get(0).substring(0, 1));
      return new Cart(sheaves);
    }

    @Step
    public Harvest drive(List<Cart> carts) {
      joined.add("all");
      return new Harvest(carts);
    }
  }

  private static Stream<String> names(String of) {
    return IntStream.range(0, WIDE).mapToObj(number -> of + number);
  }

  @Test
  void C7_fan_outs_of_three_levels_are_joined_inside_out_each_in_the_order_of_emission(
      LocalMillrace millrace) {
    Workshop workshop = new Workshop(millrace);
    Farm farm = new Farm();
    workshop.worker("farm", farm);

    Harvest harvest =
        workshop
            .client()
            .start(Workflow.of("farm", Begin.class, Harvest.class), new Begin())
            .result(PATIENCE);

    assertThat(harvest.carts())
        .isEqualTo(
            names("")
                .map(
                    field ->
                        new Cart(names(field).map(row -> new Sheaf(names(row).toList())).toList()))
                .toList());
    assertThat(farm.joined)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("all"),
                    names("")
                        .flatMap(
                            field ->
                                Stream.concat(
                                    Stream.of("field " + field),
                                    names(field).map(row -> "row " + row))))
                .toList());
  }
}
