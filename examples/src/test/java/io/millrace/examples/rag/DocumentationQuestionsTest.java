package io.millrace.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The questions in the example's README, over the project's own documents. */
final class DocumentationQuestionsTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+\\?) \\| `([^`]+)` \\|$");

  static Stream<Arguments> questions() {
    return rows().stream().map(row -> Arguments.of(row.group(1), row.group(2)));
  }

  /** The questions alone. */
  static List<String> all() {
    return rows().stream().map(row -> row.group(1)).toList();
  }

  private static List<MatchResult> rows() {
    try {
      return ROW.matcher(Files.readString(Path.of("README.md"))).results().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_readme_lists_at_least_five_questions() {
    assertThat(questions()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void the_answer_cites_the_file_that_the_readme_says(String question, String file)
      throws IOException {
    Answer answer = Pipeline.ask(new DocumentFolder(PROJECT), question);

    assertThat(answer.sources()).extracting(Citation::path).contains(file);
    for (Citation source : answer.sources()) {
      String line = Files.readAllLines(PROJECT.resolve(source.path())).get(source.line() - 1);
      String begin = source.quote().replace("`", "").split("[\\s:;]")[0];
      assertThat(line).as("what stands at %s", source.place()).contains(begin);
      assertThat(answer.text()).contains("(" + source.place() + ")");
    }
  }

  @ParameterizedTest
  @MethodSource("questions")
  void the_answer_does_not_depend_on_the_order_in_which_shards_come(String question, String file) {
    List<ShardResult> shards = Pipeline.search(new DocumentFolder(PROJECT), question);

    Answer first = Pipeline.answer(question, shards);

    for (long seed = 0; seed < 20; seed++) {
      Collections.shuffle(shards, new Random(seed));
      assertThat(Pipeline.answer(question, shards)).as("seed %s", seed).isEqualTo(first);
    }
    assertThat(first.sources()).extracting(Citation::path).contains(file);
  }
}
