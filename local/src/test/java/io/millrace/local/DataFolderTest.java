package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

  private final Path temp;

  DataFolderTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void a_missing_folder_is_created_and_new() {
    try (DataFolder folder = DataFolder.open(temp.resolve("a/b"))) {
      assertThat(folder.path()).isDirectory().isAbsolute();
      assertThat(folder.isNew()).isTrue();
    }
  }

  @Test
  void a_folder_with_documents_is_not_touched() throws Exception {
    Files.writeString(temp.resolve("letter.txt"), "Dear");

    assertRefused(temp, "not made by an embedded broker", "letter.txt");

    assertThat(temp).isDirectoryNotContaining(path -> !path.endsWith("letter.txt"));
  }

  @Test
  void a_folder_of_another_kafka_is_refused() throws Exception {
    Files.writeString(temp.resolve("meta.properties"), "node.id=1\nversion=1\ncluster.id=other\n");

    assertRefused(temp, "the data of another Kafka");
  }

  @Test
  void a_file_is_not_a_folder() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertRefused(file, "is a file");
    assertRefused(file.resolve("below"), "cannot be created");
  }

  @Test
  void a_folder_that_lost_its_identity_is_not_formatted_over() throws Exception {
    DataFolder.open(temp).close();
    Files.createDirectory(temp.resolve("topic-0"));

    assertRefused(temp, "damaged", "no meta.properties");
  }

  @Test
  void a_folder_is_held_by_one_at_a_time() {
    try (DataFolder held = DataFolder.open(temp)) {
      assertRefused(held.path(), "in use by another broker");
    }
    DataFolder.open(temp).close();
  }

  @Test
  void a_folder_without_rights_is_named() throws Exception {
    try (Unprivileged user = Unprivileged.in(temp)) {
      Path unreadable = user.folder("unreadable", "-wx-wx-wx");
      Path unwritable = user.folder("unwritable", "r-xr-xr-x");

      assertThat(user.startBroker(unreadable)).contains(unreadable + " is not readable");
      assertThat(user.startBroker(unwritable)).contains(unwritable + " is not writable");
      assertThat(user.startBroker(unwritable.resolve("new"))).contains("cannot be created");
    }
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx------"));
  }

  private static void assertRefused(Path folder, String... words) {
    assertThatThrownBy(() -> DataFolder.open(folder))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContainingAll(words);
  }
}
