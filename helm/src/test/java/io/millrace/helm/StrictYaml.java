package io.millrace.helm;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * YAML as its specification has it: a key may be there once. Helm, and most who read YAML, take the
 * last of two and say nothing, and what the first said is lost.
 */
final class StrictYaml {
  private StrictYaml() {}

  /** A reader that refuses what has a key twice. */
  static Yaml reader() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(options);
  }
}
