package io.millrace.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
  @TempDir Path temp = Path.of("");
  private Path images = temp;

  @BeforeEach
  void dockerfiles() throws IOException {
    images = temp.resolve("images");
    file("images/step/Dockerfile");
    file("images/etc/log4j2.xml");
    file("images/bin/health");
  }

  @Test
  void jars_of_folders_are_libraries_and_named_jars_and_snapshots_the_application()
      throws IOException {
    file("lib/kafka-clients-4.3.1.jar");
    file("lib/sdk-1-SNAPSHOT.jar");
    file("lib/notes.txt");
    Path grind = file("grind-1.0.jar");

    Jars jars = Jars.of(List.of(temp.resolve("lib"), grind));

    assertThat(names(jars.libraries())).containsExactly("kafka-clients-4.3.1.jar");
    assertThat(names(jars.application())).containsExactly("sdk-1-SNAPSHOT.jar", "grind-1.0.jar");
  }

  @Test
  void what_is_neither_a_jar_nor_has_any_is_refused_by_name() throws IOException {
    Path text = file("notes.txt");
    Path empty = Files.createDirectory(temp.resolve("empty"));

    assertThatThrownBy(() -> Jars.of(List.of(text)))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("notes.txt");
    assertThatThrownBy(() -> Jars.of(List.of(empty)))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("no jars in " + empty);
  }

  @Test
  void a_context_has_the_dockerfile_and_a_folder_for_each_layer_and_goes_when_it_is_closed()
      throws IOException {
    Path grind = file("grind-1.0.jar");
    file("docs/deep/page.md");

    Path folder;
    try (BuildContext context =
        BuildContext.of(images, "step", Jars.of(List.of(grind)), List.of(temp.resolve("docs")))) {
      folder = context.folder();
      assertThat(folder.resolve("Dockerfile")).isRegularFile();
      assertThat(folder.resolve("etc/log4j2.xml")).isRegularFile();
      assertThat(folder.resolve("libraries")).isEmptyDirectory();
      assertThat(folder.resolve("application/grind-1.0.jar")).isRegularFile();
      assertThat(folder.resolve("files/docs/deep/page.md")).isRegularFile();
    }

    assertThat(folder).doesNotExist();
  }

  @Test
  void two_jars_of_one_name_are_refused_because_one_would_hide_the_other() throws IOException {
    Jars jars = Jars.of(List.of(file("a/grind.jar"), file("b/grind.jar")));

    assertThatThrownBy(() -> BuildContext.of(images, "step", jars, List.of()))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("grind.jar is there twice");
  }

  private static List<String> names(List<Path> paths) {
    return paths.stream().map(path -> path.getFileName().toString()).toList();
  }

  private Path file(String name) throws IOException {
    Path path = temp.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "");
  }
}
