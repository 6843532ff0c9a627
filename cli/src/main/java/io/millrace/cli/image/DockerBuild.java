package io.millrace.cli.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the {@code docker} command to build; its words go where ours go. */
public final class DockerBuild {
  private final String command;

  /**
   * @param command {@code docker}, or another that understands the same words
   */
  public DockerBuild(String command) {
    this.command = command;
  }

  /**
   * Builds an image.
   *
   * @param arguments of the Dockerfile
   * @throws ImageException if there is no such command, or it fails
   */
  public void run(BuildContext context, String tag, Map<String, String> arguments)
      throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(command, "build", "--tag", tag));
    arguments.forEach((name, value) -> words.addAll(List.of("--build-arg", name + "=" + value)));
    words.add(context.folder().toString());
    int code;
    try {
      code = new ProcessBuilder(words).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new ImageException(
          "cannot run `" + command + "`; images are built by Docker, which must be installed", e);
    }
    if (code != 0) {
      throw new ImageException(
          "the build of "
              + tag
              + " failed, as said above. If the engine is not running, start it. If "
              + arguments.get("BASE")
              + " cannot be pulled, make a base of this machine's JDK with images/base.sh and name"
              + " it: --base millrace/base:local");
    }
  }
}
