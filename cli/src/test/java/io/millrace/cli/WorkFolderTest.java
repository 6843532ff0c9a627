package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @Test
  void a_temporary_folder_goes_with_all_that_is_in_it() throws IOException {
    WorkFolder folder = WorkFolder.temporary("--data");
    Path logs = Files.createDirectory(folder.path().resolve("logs"));
    Files.writeString(logs.resolve("broker.log"), "up");

    folder.close();
    folder.close();

    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void a_temporary_folder_stays_if_its_logs_are_wanted() {
    WorkFolder folder = WorkFolder.temporary("--data");
    folder.keep();

    folder.close();

    assertThat(folder.path()).isEmptyDirectory();
    assertThat(folder.path().toFile().delete()).isTrue();
  }

  @Test
  void a_given_folder_stays(@TempDir Path parent) {
    WorkFolder folder = WorkFolder.made(parent.resolve("some/where"));

    folder.close();

    assertThat(folder.path()).isEmptyDirectory().isAbsolute();
  }

  @Test
  void a_given_folder_that_cannot_be_made_is_named(@TempDir Path parent) throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThatThrownBy(() -> WorkFolder.made(file)).hasMessage("cannot make the folder " + file);
  }

  @Test
  void a_given_folder_that_whoever_uses_it_makes_is_left_alone(@TempDir Path parent) {
    WorkFolder folder = WorkFolder.kept(parent.resolve("data"));

    folder.close();

    assertThat(parent).isEmptyDirectory();
  }
}
