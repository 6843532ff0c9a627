package io.millrace.local.registry;

import static io.millrace.local.registry.Http.field;
import static io.millrace.local.registry.Http.get;
import static io.millrace.local.registry.Http.schema;
import static io.millrace.local.registry.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.PortInUseException;
import io.millrace.local.PortUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevRegistryFolderTest {
  private static final String A = schema(field("a", "string"));
  private static final String B = schema(field("b", "string"));

  private final Path folder;

  DevRegistryFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private DevRegistry start() {
    return DevRegistry.start(DevRegistryConfig.ofDefaults().withFolder(folder.resolve("schemas")));
  }

  private Path file() {
    return folder.resolve("schemas/schemas.jsonl");
  }

  private static int register(DevRegistry registry, String subject, String schema) {
    return send(registry, "POST", "/subjects/" + subject + "/versions", schema)
        .json()
        .path("id")
        .asInt();
  }

  @Test
  void ids_versions_and_levels_survive_a_restart() {
    int a;
    int b;
    try (DevRegistry before = start()) {
      send(before, "PUT", "/config", "{\"compatibility\":\"NONE\"}");
      send(before, "PUT", "/config/s", "{\"compatibility\":\"FULL\"}");
      a = register(before, "s", A);
      b = register(before, "t", B);
    }

    try (DevRegistry after = start()) {
      assertThat(get(after, "/config").json().toString()).contains("NONE");
      assertThat(get(after, "/config/s").json().toString()).contains("FULL");
      assertThat(get(after, "/subjects/s/versions/1").json().path("id").asInt()).isEqualTo(a);
      assertThat(register(after, "t", B)).isEqualTo(b);
      assertThat(register(after, "u", A)).isEqualTo(a);
      assertThat(register(after, "t", A)).isEqualTo(a);
      assertThat(get(after, "/subjects/t/versions").json()).hasToString("[1,2]");
    }
  }

  @Test
  void half_a_change_at_the_end_is_cut_off() throws IOException {
    try (DevRegistry before = start()) {
      register(before, "s", A);
    }
    Files.writeString(file(), "{\"subject\":\"t\",\"ver", StandardOpenOption.APPEND);

    try (DevRegistry after = start()) {
      assertThat(get(after, "/subjects").json()).hasToString("[\"s\"]");
      register(after, "t", B);
    }
    try (DevRegistry again = start()) {
      assertThat(get(again, "/subjects").json()).hasToString("[\"s\",\"t\"]");
    }
  }

  @Test
  void damage_elsewhere_stops_the_start_and_is_left_as_it_is() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"level\":\"FULL\"}\nnonsense\n{\"level\":\"NONE\"}\n");

    assertThatThrownBy(this::start)
        .isInstanceOf(RegistryFolderException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining(file().toString());
    assertThat(file()).content().contains("nonsense");
  }

  @Test
  void an_id_that_means_two_schemas_is_damage() throws IOException {
    try (DevRegistry before = start()) {
      register(before, "s", A);
    }
    Files.writeString(
        file(),
        Files.readString(file()).replace("\\\"a\\\"", "\\\"z\\\"").replace("\"s\"", "\"t\""),
        StandardOpenOption.APPEND);

    assertThatThrownBy(this::start)
        .isInstanceOf(RegistryFolderException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void a_folder_belongs_to_one_registry_at_a_time() {
    try (DevRegistry first = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(RegistryFolderException.class)
          .hasMessageContaining("in use");
      assertThat(get(first, "/").status()).isEqualTo(200);
    }
    start().close();
  }

  @Test
  void a_folder_that_is_a_file_is_named() throws IOException {
    Files.writeString(folder.resolve("schemas"), "");

    assertThatThrownBy(this::start)
        .isInstanceOf(RegistryFolderException.class)
        .hasMessageContaining(folder.resolve("schemas").toString());
  }

  @Test
  void a_port_in_use_is_named_and_the_folder_is_let_go() {
    try (DevRegistry first = DevRegistry.start(DevRegistryConfig.ofDefaults())) {
      DevRegistryConfig taken =
          DevRegistryConfig.ofDefaults()
              .withFolder(folder.resolve("schemas"))
              .withPort(first.port());

      assertThatThrownBy(() -> DevRegistry.start(taken))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining(String.valueOf(first.port()))
          .hasMessageContaining("the development registry");
    }
    start().close();
  }

  @Test
  void an_address_that_is_not_this_machines_is_named() {
    assertThatThrownBy(
            () -> DevRegistry.start(DevRegistryConfig.ofDefaults().withHost("192.0.2.1")))
        .isInstanceOf(PortUnusableException.class)
        .hasMessageContaining("192.0.2.1");
  }

  @Test
  void closing_twice_is_harmless() {
    DevRegistry registry = start();

    registry.close();
    registry.close();
  }
}
