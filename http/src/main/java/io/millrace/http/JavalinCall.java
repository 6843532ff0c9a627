package io.millrace.http;

import io.javalin.http.Context;
import io.millrace.http.auth.Caller;
import io.millrace.http.route.Call;
import io.millrace.http.route.Json;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call by Javalin. */
record JavalinCall(Context context, Caller caller, int maxBodyBytes) implements Call {
  @Override
  public String path(String name) {
    return context.pathParam(name);
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isBlank());
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name)).filter(value -> !value.isBlank());
  }

  @Override
  public <T> T body(Class<T> type) {
    @Nullable String media = context.contentType();
    if (media == null || !media.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new ProblemException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          "the body must be sent with 'Content-Type: application/json'");
    }
    return Json.read(bounded(), type);
  }

  /** However long the body says that it is. */
  private byte[] bounded() {
    try {
      InputStream body = context.req().getInputStream();
      byte[] bytes = body.readNBytes(maxBodyBytes);
      if (bytes.length == maxBodyBytes && body.read() >= 0) {
        throw new ProblemException(
            ProblemKind.BODY_TOO_LARGE,
            "the body has more than "
                + maxBodyBytes
                + " bytes; send less, or raise millrace.http.max.body.bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new ProblemException(
          ProblemKind.BAD_REQUEST, "the body could not be read: " + e.getMessage());
    }
  }
}
