package io.millrace.examples.rag;

import io.millrace.NonRetryableException;
import java.net.URI;

/** The language model will not answer such a request; trying again would not help. */
public final class ModelRefusedException extends NonRetryableException {
  private static final long serialVersionUID = 1L;

  ModelRefusedException(URI url, int status, String body) {
    super(
        "the language model at "
            + url
            + " refused the request with status "
            + status
            + ": "
            + body
            + "; check MILLRACE_LLM_URL, MILLRACE_LLM_MODEL and MILLRACE_LLM_KEY");
  }
}
