package io.millrace.examples.rag;

/**
 * Where an answer comes from.
 *
 * @param path relative to the folder, with forward slashes
 * @param line first is 1
 * @param quote what stands there, without markup
 */
public record Citation(String path, int line, String quote) {
  /** As {@code path:line}, which editors and terminals open. */
  String place() {
    return path + ":" + line;
  }
}
