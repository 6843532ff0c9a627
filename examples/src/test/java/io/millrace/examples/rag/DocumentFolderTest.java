package io.millrace.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentFolderTest {
  private final Path folder;

  DocumentFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void documents_are_found_in_sorted_order_without_hidden_and_build_folders() throws IOException {
    write("b.md");
    write("a/c.TXT");
    write("target/d.md");
    write(".git/e.md");
    write("f.png");

    assertThat(new DocumentFolder(folder).documents()).containsExactly("a/c.TXT", "b.md");
  }

  @Test
  void an_empty_folder_is_a_named_error_that_says_what_to_do() {
    assertThatThrownBy(() -> new DocumentFolder(folder).documents())
        .isInstanceOf(DocumentsException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("MILLRACE_RAG_FOLDER");
  }

  @Test
  void a_folder_that_is_not_there_is_a_named_error_that_says_what_to_do() {
    assertThatThrownBy(() -> new DocumentFolder(folder.resolve("gone")).documents())
        .isInstanceOf(DocumentsException.class)
        .hasMessageContaining("gone is not there")
        .hasMessageContaining("MILLRACE_RAG_FOLDER");
  }

  @Test
  void a_document_that_is_not_there_is_a_named_error() {
    assertThatThrownBy(() -> new DocumentFolder(folder).lines("gone.md"))
        .isInstanceOf(DocumentsException.class)
        .hasMessageContaining("gone.md");
  }

  @Test
  void a_path_out_of_the_folder_is_refused() throws IOException {
    write("secret.txt");
    Path inner = Files.createDirectories(folder.resolve("inner"));

    assertThatThrownBy(() -> new DocumentFolder(inner).lines("../secret.txt"))
        .isInstanceOf(DocumentsException.class)
        .hasMessageContaining("outside");
  }

  @Test
  void the_argument_goes_before_the_variable_and_the_variable_before_the_current_folder() {
    Map<String, String> variable = Map.of("MILLRACE_RAG_FOLDER", "/variable");

    assertThat(DocumentFolder.configured(variable, "/argument").root()).hasToString("/argument");
    assertThat(DocumentFolder.configured(variable).root()).hasToString("/variable");
    assertThat(DocumentFolder.configured(Map.of()).root()).isEqualTo(Path.of("").toAbsolutePath());
  }

  private void write(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "Text.");
  }
}
