package io.millrace.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The chart of this module, rendered by Helm itself. Values are YAML; later ones win. */
final class Chart {
  static final Path FOLDER = Path.of("").toAbsolutePath();
  static final Path EXAMPLE = FOLDER.resolve("values-example.yaml");

  /** What nobody can do without: an image, brokers, a registry. */
  static final String SMALLEST =
      """
      image: {repository: example/app, tag: "7"}
      kafka: {bootstrapServers: "kafka:9092"}
      registry: {url: "http://registry:8081"}
      """;

  /** One step, nothing said of it but its name. */
  static final String ONE_STEP = "steps: [{name: grind, workflow: mill}]";

  private Chart() {}

  static Helm helm() {
    return new Helm(FOLDER);
  }

  /** What Helm makes of {@link #SMALLEST} and these. */
  static Rendered render(String... values) {
    return Rendered.of(text(values));
  }

  /** What Helm makes of a file alone. */
  static Rendered render(Path values) {
    return Rendered.of(command().withValuesFile(values).call());
  }

  /** What Helm says when it does not want {@link #SMALLEST} and these. */
  static String refusal(String... values) {
    String rendered;
    try {
      rendered = text(values);
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("not refused, but rendered as\n" + rendered);
  }

  private static String text(String... values) {
    TemplateCommand command = command().withValuesFile(file(SMALLEST));
    for (String more : values) {
      command.withValuesFile(file(more));
    }
    return command.call();
  }

  /** The oldest Kubernetes that the chart is for: Helm takes a much older one otherwise. */
  private static TemplateCommand command() {
    return helm().template().withName("demo").withNamespace("mills").withKubeVersion("1.27.0");
  }

  private static Path file(String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
