package io.millrace.registry;

/** The registry refused who we say we are (401), or what that user may do (403). Not retried. */
public final class RegistryAuthenticationException extends SchemaRegistryException {
  private RegistryAuthenticationException(String message) {
    super(message);
  }

  static RegistryAuthenticationException refused(int status, String url, boolean withCredentials) {
    if (status == 403) {
      return new RegistryAuthenticationException(
          "the schema registry at %s forbids this request (403): give its user the right to read and write these subjects"
              .formatted(url));
    }
    return new RegistryAuthenticationException(
        withCredentials
            ? "the schema registry at %s refused the credentials (401): check basic.auth.user.info"
                .formatted(url)
            : "the schema registry at %s wants credentials (401): set basic.auth.credentials.source=USER_INFO and basic.auth.user.info=<user>:<password>"
                .formatted(url));
  }
}
