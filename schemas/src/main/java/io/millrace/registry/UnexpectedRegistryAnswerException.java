package io.millrace.registry;

import org.jspecify.annotations.Nullable;

/**
 * Something answered at the registry's address, but not as a schema registry would: another
 * service, a proxy's error page, or a status that this client does not know.
 */
public final class UnexpectedRegistryAnswerException extends SchemaRegistryException {
  private static final int SHOWN = 200;

  private UnexpectedRegistryAnswerException(String message) {
    super(message);
  }

  static UnexpectedRegistryAnswerException status(String request, int status, String body) {
    return new UnexpectedRegistryAnswerException(
        "%s was answered with status %d: %s; check that schema.registry.url is the address of a schema registry"
            .formatted(request, status, start(body)));
  }

  static UnexpectedRegistryAnswerException body(
      String request, String body, @Nullable Throwable cause) {
    UnexpectedRegistryAnswerException e =
        new UnexpectedRegistryAnswerException(
            "%s was answered with what is not a schema registry's JSON: %s; check that schema.registry.url is the address of a schema registry"
                .formatted(request, start(body)));
    if (cause != null) {
      e.initCause(cause);
    }
    return e;
  }

  private static String start(String body) {
    String oneLine = body.strip().replaceAll("\\s+", " ");
    if (oneLine.isEmpty()) {
      return "(empty body)";
    }
    return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + "...";
  }
}
