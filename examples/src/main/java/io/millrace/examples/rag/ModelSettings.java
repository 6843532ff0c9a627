package io.millrace.examples.rag;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint that speaks OpenAI's chat completions.
 *
 * @param url up to and including the version, for instance {@code http://localhost:11434/v1}
 * @param key empty for endpoints that ask for none
 */
record ModelSettings(URI url, String model, String key) {
  ModelSettings {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          "MILLRACE_LLM_URL is "
              + url
              + "; give an http or https URL that ends in /v1 or the like");
    }
    if (model.isBlank()) {
      throw new IllegalArgumentException(
          "MILLRACE_LLM_URL is set but MILLRACE_LLM_MODEL is not; name the model to use");
    }
  }

  /** From {@code MILLRACE_LLM_URL}, {@code MILLRACE_LLM_MODEL}, {@code MILLRACE_LLM_KEY}. */
  static Optional<ModelSettings> configured() {
    return of(System.getenv());
  }

  static Optional<ModelSettings> of(Map<String, String> environment) {
    String url = environment.getOrDefault("MILLRACE_LLM_URL", "").strip();
    if (url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelSettings(
            URI.create(url.replaceAll("/+$", "")),
            environment.getOrDefault("MILLRACE_LLM_MODEL", "").strip(),
            environment.getOrDefault("MILLRACE_LLM_KEY", "").strip()));
  }

  @Override
  public String toString() {
    return "url=" + url + " model=" + model + " key=" + (key.isEmpty() ? "none" : "<hidden>");
  }
}
