package io.millrace.http;

import io.millrace.http.route.Json;
import io.millrace.http.route.Problem;
import io.millrace.http.route.ProblemKind;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What the server itself refuses, before any route is asked, is a problem too. */
final class ProblemPages extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.write(true, page(code, message), callback);
  }

  @Override
  public ByteBuffer badMessageError(
      int status, @Nullable String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    return page(status, reason);
  }

  private static ByteBuffer page(int status, @Nullable String message) {
    ProblemKind kind = status < 500 ? ProblemKind.BAD_REQUEST : ProblemKind.INTERNAL;
    String detail =
        message == null || status >= 500
            ? "the server could not make an answer"
            : "the server could not make sense of the request: " + message;
    Problem problem = kind.of(detail);
    return ByteBuffer.wrap(
        Json.bytes(
            new Problem(
                problem.type(),
                problem.title(),
                status,
                detail,
                problem.instance(),
                problem.known())));
  }
}
