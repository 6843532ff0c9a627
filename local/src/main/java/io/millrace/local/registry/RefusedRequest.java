package io.millrace.local.registry;

/** A request that is answered with one of the protocol's error codes. */
final class RefusedRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String says;

  private RefusedRequest(int code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.says = message;
  }

  /** The HTTP status is the first three digits of the code. */
  int status() {
    return code > 999 ? code / 100 : code;
  }

  int code() {
    return code;
  }

  /** The message of the answer. */
  String says() {
    return says;
  }

  static RefusedRequest unknownSubject(String subject) {
    return new RefusedRequest(40401, "Subject '" + subject + "' not found.");
  }

  static RefusedRequest unknownVersion(int version) {
    return new RefusedRequest(40402, "Version " + version + " not found.");
  }

  static RefusedRequest unknownSchema(String which) {
    return new RefusedRequest(40403, "Schema " + which + "not found.");
  }

  static RefusedRequest noLevelOfItsOwn(String subject) {
    return new RefusedRequest(
        40408, "Subject '" + subject + "' does not have a compatibility level of its own.");
  }

  static RefusedRequest invalidSchema(String why) {
    return new RefusedRequest(42201, "Invalid schema: " + why);
  }

  static RefusedRequest invalidVersion(String version) {
    return new RefusedRequest(
        42202, "The version '" + version + "' is neither a number from 1 nor latest.");
  }

  static RefusedRequest invalidLevel(String level) {
    return new RefusedRequest(
        42203,
        "'"
            + level
            + "' is not a compatibility level: NONE, BACKWARD, FORWARD, FULL, or one of the latter three with _TRANSITIVE.");
  }

  static RefusedRequest incompatible(String subject, String why) {
    return new RefusedRequest(
        409,
        "Schema being registered is incompatible with an earlier schema for subject \""
            + subject
            + "\", details: "
            + why);
  }

  static RefusedRequest notJson() {
    return new RefusedRequest(400, "The body is not a JSON object.");
  }

  static RefusedRequest tooLarge(int bytes) {
    return new RefusedRequest(413, "The body is larger than " + bytes + " bytes.");
  }

  static RefusedRequest noSuchPath(String method, String path) {
    return new RefusedRequest(404, "The development registry has no " + method + " " + path + ".");
  }

  static RefusedRequest wrongMethod(String method) {
    return new RefusedRequest(405, "Method " + method + " is not allowed here.");
  }
}
