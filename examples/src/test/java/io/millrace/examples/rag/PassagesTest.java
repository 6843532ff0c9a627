package io.millrace.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PassagesTest {
  @Test
  void a_heading_begins_a_passage_that_knows_the_headings_above_it() {
    List<Passage> passages =
        Passages.of(
            "a.md",
            List.of(
                "# The mill", "", "It grinds.", "## Wheel", "It turns.", "## Dam", "It holds."));

    assertThat(passages)
        .extracting(Passage::title, Passage::heading, Passage::line)
        .containsExactly(
            tuple("The mill", "", 3), tuple("The mill", "Wheel", 5), tuple("The mill", "Dam", 7));
  }

  @Test
  void a_sentence_that_runs_over_lines_has_the_line_it_begins_on() {
    List<Passage> passages =
        Passages.of("a.md", List.of("The wheel", "turns. The dam", "holds, e.g. Water."));

    assertThat(passages.get(0).sentences())
        .containsExactly(
            new Sentence(1, "The wheel turns."), new Sentence(2, "The dam holds, e.g. Water."));
  }

  @Test
  void table_rows_and_list_items_are_sentences_and_table_heads_are_not() {
    List<Passage> passages =
        Passages.of(
            "a.md",
            List.of(
                "| key | default |",
                "|---|---|",
                "| `sacks` | 12 |",
                "- one [link](x.md)",
                "- **two**"));

    assertThat(passages.get(0).sentences())
        .containsExactly(
            new Sentence(3, "`sacks`: 12"), new Sentence(4, "one link"), new Sentence(5, "two"));
  }

  @Test
  void lines_of_code_are_kept_and_comments_in_them_are_no_headings() {
    List<Passage> passages =
        Passages.of("a.md", List.of("# Start", "```sh", "# first", "./mill grind", "```", "Done."));

    assertThat(passages).hasSize(1);
    assertThat(passages.get(0).sentences())
        .containsExactly(
            new Sentence(3, "`# first`"),
            new Sentence(4, "`./mill grind`"),
            new Sentence(6, "Done."));
  }

  @Test
  void questions_are_left_out_because_they_answer_nothing() {
    List<Passage> passages =
        Passages.of("a.md", List.of("Who built the mill? Ada built it.", "", "| Why? | a.md |"));

    assertThat(passages.get(0).sentences()).containsExactly(new Sentence(1, "Ada built it."));
  }

  @Test
  void a_long_section_is_cut_between_paragraphs() {
    String paragraph = "The wheel turns and turns. ".repeat(20).strip();

    List<Passage> passages = Passages.of("a.txt", List.of(paragraph, "", paragraph));

    assertThat(passages).extracting(Passage::line).containsExactly(1, 3);
    assertThat(passages).extracting(Passage::title).containsOnly("a.txt");
  }

  @Test
  void a_document_without_text_has_no_passages() {
    assertThat(Passages.of("a.md", List.of("", "# Title", "---"))).isEmpty();
  }
}
