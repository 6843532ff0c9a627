package io.millrace.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.Pace;
import io.millrace.test.StepTest;
import io.millrace.test.StepTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RagStepsTest {
  private static final String QUESTION = "Who built the mill?";

  private final Path folder;

  RagStepsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("mill.md"), "# The mill\n\nAda built the mill in 1840.\n");
    Files.writeString(folder.resolve("dam.md"), "# The dam\n\nBeavers built the dam.\n");
  }

  @Test
  void plan_sends_a_search_for_each_document_and_returns_the_question() {
    StepTest test = StepTester.of(new Plan(new DocumentFolder(folder))).run(new Ask(QUESTION));

    assertThat(test.emitted())
        .isEqualTo(
            List.of(
                new SearchShard(QUESTION, 0, 2, List.of("dam.md")),
                new SearchShard(QUESTION, 1, 2, List.of("mill.md")),
                new QueryEvent(QUESTION)));
    assertThat(test.streamed()).isEqualTo(List.of(new Progress("plan", "2 documents in 2 shards")));
  }

  @Test
  void plan_cuts_many_documents_into_a_bounded_number_of_shards_without_losing_one() {
    List<String> documents = IntStream.range(0, 100).mapToObj(i -> i + ".md").toList();

    List<List<String>> shards = Plan.shards(documents);

    assertThat(shards).hasSize(Plan.MAX_SHARDS);
    assertThat(shards.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(documents);
  }

  @Test
  void plan_of_a_folder_that_is_not_there_fails_for_good() {
    StepTest test =
        StepTester.of(new Plan(new DocumentFolder(folder.resolve("gone")))).run(new Ask(QUESTION));

    assertThat(test.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.error()).isInstanceOf(DocumentsException.class);
              assertThat(failure.retryable()).isFalse();
            });
    assertThat(test.emitted()).isEmpty();
  }

  @Test
  void retrieve_returns_the_matching_passages_with_their_statistics() {
    StepTest test = retrieve("mill.md");

    ShardResult result = (ShardResult) test.returned().get(0);
    assertThat(result.of()).isEqualTo(2);
    assertThat(result.candidates()).extracting(c -> c.passage().line()).containsExactly(3);
    assertThat(result.terms()).contains(new TermStatistic(PassageIndex.BODY, "build", 1, 1));
    assertThat(test.streamed())
        .isEqualTo(List.of(new Progress("retrieve", "1 passages in mill.md")));
  }

  @Test
  void rank_waits_for_every_shard() {
    ShardResult first = (ShardResult) retrieve("dam.md").returned().get(0);

    StepTest test = StepTester.of(new Rank()).run(first);

    assertThat(test.emitted()).isEmpty();
    assertThat(test.collectCalls().get(0).types()).containsExactly("ShardResult", "ShardResult");
  }

  @Test
  void rank_puts_the_best_passage_of_all_shards_first() {
    ShardResult dam = (ShardResult) retrieve("dam.md").returned().get(0);
    ShardResult mill = (ShardResult) retrieve("mill.md").returned().get(0);

    StepTest test = StepTester.of(new Rank()).withCollected(dam, mill).run(mill);

    RetrieveEvent ranked = (RetrieveEvent) test.returned().get(0);
    assertThat(ranked.passages())
        .extracting(p -> p.passage().path())
        .containsExactly("mill.md", "dam.md");
  }

  @Test
  void synthesize_waits_for_question_and_passages() {
    StepTest test = StepTester.of(synthesize()).run(new QueryEvent(QUESTION));

    assertThat(test.emitted()).isEmpty();
    assertThat(test.streamed()).isEmpty();
    assertThat(test.collectCalls().get(0).types()).containsExactly("QueryEvent", "RetrieveEvent");
  }

  @Test
  void synthesize_streams_the_answer_and_returns_it_with_its_source() {
    Passage passage =
        new Passage(
            "mill.md", "The mill", "", List.of(new Sentence(3, "Ada built the mill in 1840.")));
    RetrieveEvent retrieved = new RetrieveEvent(List.of(new RankedPassage(passage, 2.5)));

    StepTest test =
        StepTester.of(synthesize())
            .withCollected(new QueryEvent(QUESTION), retrieved)
            .run(retrieved);

    Answer answer = (Answer) test.returned().get(0);
    assertThat(answer)
        .isEqualTo(
            new Answer(
                "Ada built the mill in 1840. (mill.md:3)",
                List.of(new Citation("mill.md", 3, "Ada built the mill in 1840.")),
                ExtractiveAnswer.WORDING));
    assertThat(
            test.streamed().stream()
                .filter(AnswerToken.class::isInstance)
                .map(token -> ((AnswerToken) token).text())
                .collect(Collectors.joining()))
        .isEqualTo(answer.text());
  }

  @Test
  void synthesize_says_so_when_nothing_was_found() {
    RetrieveEvent nothing = new RetrieveEvent(List.of());

    StepTest test =
        StepTester.of(synthesize()).withCollected(new QueryEvent(QUESTION), nothing).run(nothing);

    Answer answer = (Answer) test.returned().get(0);
    assertThat(answer.sources()).isEmpty();
    assertThat(answer.text()).contains("say nothing");
  }

  private StepTest retrieve(String path) {
    return StepTester.of(new Retrieve(new DocumentFolder(folder), Pace.NONE))
        .run(new SearchShard(QUESTION, 0, 2, List.of(path)));
  }

  private static Synthesize synthesize() {
    return new Synthesize(Optional.empty(), Pace.NONE);
  }
}
