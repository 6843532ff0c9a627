package io.millrace.cli;

import io.millrace.cli.image.BuildContext;
import io.millrace.cli.image.DockerBuild;
import io.millrace.cli.image.ImageException;
import io.millrace.cli.image.Jars;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds container images: of the coordinator, and of any step. */
@Command(
    name = "image",
    header = "Build a container image: of the coordinator, or of a step.",
    description =
        "Builds an image by Docker, without a registry: of the coordinator with its HTTP API, or of a step from your jars. images/README.md says what images have and how to run them.",
    synopsisSubcommandLabel = "(coordinator | step)",
    footer = {
      "  millrace image coordinator --tag registry.example.com/coordinator:1.0",
      "  millrace image step target/lib target/mill-1.0.jar --main com.example.Grind --tag grind:1.0"
    })
final class ImageCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandSpec known = Objects.requireNonNull(spec);
    throw new ParameterException(known.commandLine(), "say of what: coordinator or step");
  }

  /** What all builds have in common. */
  static final class Build {
    @Option(
        names = "--base",
        paramLabel = "IMAGE",
        defaultValue = "eclipse-temurin:21-jre",
        description =
            "Image to build on: Java 17 or newer, and bash. Default: ${DEFAULT-VALUE}. Where it cannot be pulled, images/base.sh makes millrace/base:local.")
    String base = "";

    @Option(
        names = "--docker",
        paramLabel = "COMMAND",
        defaultValue = "docker",
        description = "The command that builds. Default: ${DEFAULT-VALUE}.")
    String docker = "";

    void run(String kind, String tag, Jars jars, List<Path> files, Map<String, String> arguments)
        throws InterruptedException {
      Map<String, String> all = new LinkedHashMap<>(arguments);
      all.put("BASE", base);
      try (BuildContext context = BuildContext.of(home().resolve("images"), kind, jars, files)) {
        new DockerBuild(docker).run(context, tag, all);
      }
    }

    static Path home() {
      return Path.of(System.getProperty("millrace.home", "."));
    }
  }

  @Command(
      name = "coordinator",
      header = "Build the image of the coordinator, with its HTTP API.",
      description = "Builds the image of the coordinator from this Millrace's jars.",
      footer = "  millrace image coordinator --tag registry.example.com/coordinator:1.0")
  int coordinator(
      @Mixin Build build,
      @Option(
              names = "--tag",
              paramLabel = "IMAGE",
              defaultValue = "millrace/coordinator",
              description = "What it is called. Default: ${DEFAULT-VALUE}.")
          String tag)
      throws InterruptedException {
    build.run("coordinator", tag, Jars.of(coordinatorJars()), List.of(), Map.of());
    return 0;
  }

  private static List<Path> coordinatorJars() {
    Path target = Build.home().resolve("http/target");
    List<Path> jars = new ArrayList<>(List.of(target.resolve("lib")));
    try (DirectoryStream<Path> own = Files.newDirectoryStream(target, "millrace-http-*.jar")) {
      own.forEach(jars::add);
    } catch (IOException e) {
      throw new ImageException("cannot read " + target + "; build the project first", e);
    }
    return jars;
  }

  @Command(
      name = "step",
      header = "Build the image of a step, or of all steps of a project.",
      description = {
        "Jars in folders are a layer of libraries; jars that are named, and snapshots, are the layer that changes."
      },
      footer =
          "  millrace image step target/lib target/mill-1.0.jar --main com.example.Grind --tag registry.example.com/grind:1.0")
  int step(
      @Mixin Build build,
      @Option(
              names = "--tag",
              paramLabel = "IMAGE",
              required = true,
              description = "What it is called.")
          String tag,
      @Option(
              names = "--main",
              paramLabel = "CLASS",
              defaultValue = "",
              description =
                  "The step's main class. Without it the first argument of a container is the class.")
          String main,
      @Option(
              names = "--add",
              paramLabel = "PATH",
              description = "A file or folder that the image shall have in /app; may be repeated.")
          @Nullable List<Path> files,
      @Parameters(paramLabel = "JARS", arity = "1..*", description = "Jars, and folders of jars.")
          List<Path> jars)
      throws InterruptedException {
    build.run("step", tag, Jars.of(jars), files == null ? List.of() : files, Map.of("MAIN", main));
    return 0;
  }
}
