package io.millrace.examples.rag;

import java.net.URI;

/** The language model gave no answer this time; trying again may help. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  private ModelException(String message) {
    super(message);
  }

  static ModelException unreachable(URI url, Throwable cause) {
    return new ModelException(
        "the language model at "
            + url
            + " cannot be reached ("
            + cause
            + "); check MILLRACE_LLM_URL",
        cause);
  }

  static ModelException busy(URI url, int status, String body) {
    return new ModelException(
        "the language model at " + url + " answered with status " + status + ": " + body);
  }

  static ModelException unreadable(URI url, String line, Throwable cause) {
    return new ModelException(
        "the language model at " + url + " sent what is no answer: " + line, cause);
  }

  static ModelException cutOff(URI url) {
    return new ModelException("the language model at " + url + " ended its answer before it began");
  }
}
