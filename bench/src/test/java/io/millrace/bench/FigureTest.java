package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Figure PLAIN = Figure.of("waiting.bytes", 512, "bytes/run");

  @Test
  void a_goal_without_a_baseline_is_about_the_value() {
    assertThat(PLAIN.atMost(1024).met()).contains(true);
    assertThat(PLAIN.atMost(511).met()).contains(false);
    assertThat(PLAIN.atLeast(513).met()).contains(false);
    assertThat(PLAIN.atMost(1024).goalText()).contains("<= 1024 bytes/run");
  }

  @Test
  void a_goal_with_a_baseline_is_about_the_ratio() {
    Figure figure = Figure.of("hop.p50", 1.8, "ms").against(0.6);

    assertThat(figure.ratio().orElseThrow()).isCloseTo(3, offset(1e-9));
    assertThat(figure.atMost(3.1).met()).contains(true);
    assertThat(figure.atMost(2.9).met()).contains(false);
    assertThat(figure.atMost(2.9).goalText()).contains("<= 2.9 x");
  }

  @Test
  void a_wish_is_about_the_value_and_says_that_it_is_one() {
    Figure figure = Figure.of("hop.p50", 1.8, "ms").against(0.6).wishAtMost(1.9);

    assertThat(figure.met()).contains(true);
    assertThat(figure.goalText()).contains("wish <= 1.9 ms");
  }

  @Test
  void a_figure_without_a_goal_is_neither_met_nor_missed() {
    assertThat(PLAIN.met()).isEmpty();
    assertThat(PLAIN.goalText()).isEmpty();
  }

  @Test
  void a_number_that_cannot_have_been_measured_is_refused_by_name() {
    assertThatThrownBy(() -> Figure.of("busy.cpu", Double.POSITIVE_INFINITY, "s"))
        .hasMessageContaining("busy.cpu");
    assertThatThrownBy(() -> PLAIN.against(0)).hasMessageContaining("waiting.bytes");
  }

  @Test
  void json_has_every_field_in_order_and_null_for_what_is_not_there() {
    assertThat(FigureJson.line(PLAIN))
        .isEqualTo(
            "{\"name\":\"waiting.bytes\",\"value\":512,\"unit\":\"bytes/run\",\"baseline\":null,"
                + "\"ratio\":null,\"goal\":null,\"met\":null}");
    assertThat(FigureJson.line(Figure.of("a", 1, "ms").against(2).atMost(0.5)))
        .isEqualTo(
            "{\"name\":\"a\",\"value\":1,\"unit\":\"ms\",\"baseline\":2,\"ratio\":0.5,"
                + "\"goal\":\"<= 0.5 x\",\"met\":true}");
  }

  @Test
  void the_table_has_aligned_columns_and_three_digits() {
    Figure hop = Figure.of("hop.p50", 1.23456, "ms").against(0.5).atMost(2);

    assertThat(FigureTable.lines(List.of(hop, Figure.of("runs", 12345.6, "1/s"))))
        .containsExactly(
            "| figure  |  value | unit | baseline | ratio | goal   | met |",
            "|---------|--------|------|----------|-------|--------|-----|",
            "| hop.p50 |   1.23 | ms   |      0.5 |  2.47 | <= 2 x | NO  |",
            "| runs    | 12,346 | 1/s  |          |       |        |     |");
  }
}
