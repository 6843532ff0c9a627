package io.millrace.http.route;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a body, for whoever sent it: Jackson's own words name Java classes. */
final class JsonComplaint {
  private JsonComplaint() {}

  static String of(JsonMappingException error) {
    return where(error) + " does not fit: " + what(error);
  }

  private static String where(JsonMappingException error) {
    String field =
        error.getPath().stream()
            .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : at.getFieldName())
            .collect(Collectors.joining("."));
    return field.isEmpty() ? "the body" : "field '" + field + "'";
  }

  private static String what(JsonMappingException error) {
    if (error instanceof UnrecognizedPropertyException unknown) {
      return "it is not known here; known: "
          + unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
    }
    if (error instanceof MismatchedInputException mismatch) {
      // Jackson has no type of its own for this one.
      return error.getOriginalMessage().startsWith("Duplicate field")
          ? "it names a field twice"
          : "it must be " + word(mismatch.getTargetType());
    }
    return error.getOriginalMessage(); // of the parser, which knows nothing of classes
  }

  private static String word(@Nullable Class<?> type) {
    if (type == String.class) {
      return "text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a duration like PT10M";
    }
    if (type != null && java.util.Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return "an object";
  }
}
