package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.LocalException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StacksTest {
  private final Progress silent = new Progress(new PrintWriter(Writer.nullWriter()));

  @Test
  void a_start_that_fails_leaves_no_folder_behind() throws IOException {
    System.setProperty("millrace.home", Path.of("..").toAbsolutePath().normalize().toString());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<String> before = folders();

      assertThatThrownBy(() -> Stacks.open(Optional.empty(), taken.getLocalPort(), 0, silent))
          .isInstanceOf(LocalException.class);

      assertThat(folders()).isSubsetOf(before);
    }
  }

  private static List<String> folders() {
    String[] names =
        new File(System.getProperty("java.io.tmpdir"))
            .list((folder, name) -> name.startsWith("millrace-"));
    return names == null ? List.of() : Arrays.asList(names);
  }
}
