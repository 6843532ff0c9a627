package io.millrace.http.route;

import java.util.List;

/**
 * A parameter of a route, for the document.
 *
 * @param in path, query or header
 * @param type of JSON Schema: string, integer or boolean
 * @param format of JSON Schema; empty: none
 * @param values all that are allowed; empty: any
 */
public record Parameter(
    String name, String in, String type, String format, List<String> values, String description) {
  public Parameter {
    values = List.copyOf(values);
  }

  public static Parameter path(String name, String description) {
    return new Parameter(name, "path", "string", "", List.of(), description);
  }

  public static Parameter query(String name, String description) {
    return new Parameter(name, "query", "string", "", List.of(), description);
  }

  public static Parameter header(String name, String description) {
    return new Parameter(name, "header", "string", "", List.of(), description);
  }

  public Parameter ofType(String jsonType) {
    return new Parameter(name, in, jsonType, format, values, description);
  }

  public Parameter ofFormat(String jsonFormat) {
    return new Parameter(name, in, type, jsonFormat, values, description);
  }

  public Parameter oneOf(List<String> allowed) {
    return new Parameter(name, in, type, format, allowed, description);
  }
}
