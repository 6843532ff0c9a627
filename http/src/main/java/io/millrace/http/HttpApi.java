package io.millrace.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.millrace.http.api.Backend;
import io.millrace.http.api.Routes;
import io.millrace.http.auth.Authenticator;
import io.millrace.http.auth.Caller;
import io.millrace.http.auth.OidcTokens;
import io.millrace.http.auth.OpenDoor;
import io.millrace.http.auth.StaticOrOidc;
import io.millrace.http.look.Looks;
import io.millrace.http.route.Access;
import io.millrace.http.route.Answer;
import io.millrace.http.route.Problem;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import io.millrace.http.route.Route;
import io.millrace.http.stream.Heartbeats;
import io.millrace.http.stream.Streams;
import io.millrace.observe.tracing.IncomingTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API, served until it is closed. Every request passes the same gate and ends in one of
 * the routes of {@link Routes} or in a file of the console; what none of them takes is a problem.
 * Thread-safe.
 */
public final class HttpApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  /** Longer than any request may wait, and than a stream says nothing. */
  private static final Duration IDLE = Duration.ofSeconds(75);

  /** Beside those that handle requests: connections, probes, metrics, the console's files. */
  private static final int SPARE_THREADS = 150;

  private final HttpConfig config;
  private final List<Route> routes;
  private final Flows flows = new Flows();
  private final Responder responder = new Responder(flows);
  private final Gate gate;
  private final Handling handling;
  private final Javalin server;

  private final Heartbeats heartbeats;
  private final ConsolePages console = new ConsolePages();

  private HttpApi(HttpConfig config, Backend backend, String version) {
    this.config = config;
    this.heartbeats = new Heartbeats(config.heartbeat());
    this.handling = new Handling(config.maxConcurrent());
    Looks looks = new Looks(backend.client());
    Streams streams = new Streams(looks, config.maxReaders(), config.maxReadersOfOne(), heartbeats);
    this.routes = Routes.of(backend, looks, streams, version);
    this.gate =
        new Gate(
            authenticator(config),
            new RateLimit(config.maxPerSecond(), System::nanoTime),
            config.open() ? Optional.of(new OriginCheck()) : Optional.empty());
    this.server = Javalin.create(this::configure);
  }

  /**
   * Serves; returns when it does.
   *
   * @param version of the product, for the document
   * @throws PortTakenException if something else listens there
   */
  public static HttpApi start(HttpConfig config, Backend backend, String version) {
    HttpApi api = new HttpApi(config, backend, version);
    try {
      api.server.start();
    } catch (JavalinBindException e) {
      api.closeStreams();
      throw new PortTakenException(config.host(), config.port(), e);
    }
    LOG.info("http serves {} url={}", config, api.url());
    return api;
  }

  private static Authenticator authenticator(HttpConfig config) {
    if (config.open()) {
      return new OpenDoor();
    }
    return config
        .oidc()
        .<Authenticator>map(oidc -> new StaticOrOidc(config.tokens(), new OidcTokens(oidc)))
        .orElse(config.tokens());
  }

  private void configure(JavalinConfig javalin) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.http.prefer405over404 = true;
    javalin.http.asyncTimeout = 0;
    javalin.jetty.threadPool = new QueuedThreadPool(SPARE_THREADS + config.maxConcurrent());
    ProblemPages pages = new ProblemPages();
    javalin.jetty.modifyServer(jetty -> jetty.setErrorHandler(pages));
    javalin.jetty.modifyServletContextHandler(servlets -> servlets.setErrorHandler(pages));
    javalin.jetty.addConnector(this::connector);
    javalin.routes.before(this::refuseHead);
    for (Route route : routes) {
      javalin.routes.addHttpHandler(
          HandlerType.findOrCreate(route.method()), route.path(), context -> serve(route, context));
    }
    javalin.routes.addHttpHandler(
        HandlerType.GET, ConsolePages.ROOT, context -> serve(console::root, context));
    javalin.routes.addHttpHandler(
        HandlerType.GET, ConsolePages.FILES, context -> serve(console::file, context));
    javalin.routes.exception(HttpResponseException.class, this::refuse);
    javalin.routes.exception(Exception.class, (error, context) -> responder.fail(context, error));
  }

  private ServerConnector connector(Server jetty, HttpConfiguration http) {
    http.setSendServerVersion(false);
    ServerConnector connector;
    if (config.tls().isPresent()) {
      SslContextFactory.Server ssl = new SslContextFactory.Server();
      ssl.setSslContext(config.tls().get());
      ssl.setIncludeProtocols("TLSv1.2", "TLSv1.3");
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              jetty, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http));
    } else {
      connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    }
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(Math.max(IDLE.toMillis(), 2 * config.heartbeat().toMillis()));
    return connector;
  }

  /** Javalin answers it for every GET by itself, past the gate. */
  private void refuseHead(Context context) {
    boolean probe =
        routes.stream()
            .anyMatch(
                route -> route.access() == Access.PUBLIC && route.path().equals(context.path()));
    if (context.method().equals(HandlerType.HEAD) && !probe) {
      throw new ProblemException(ProblemKind.METHOD_NOT_ALLOWED, "HEAD is for the probes only");
    }
  }

  private void serve(Route route, Context context) {
    // Finding out who calls may wait too: for an identity provider.
    Answer answer =
        route.atOnce() ? handled(route, context) : handling.inPlace(() -> handled(route, context));
    responder.write(context, answer);
  }

  private Answer handled(Route route, Context context) {
    Caller caller = pass(route.access(), context);
    try (IncomingTrace trace = IncomingTrace.enter(context.header("traceparent"))) {
      return route.handler().handle(new JavalinCall(context, caller, config.maxBodyBytes()));
    }
  }

  private void serve(Consumer<Context> page, Context context) {
    pass(Access.PUBLIC, context);
    page.accept(context);
  }

  private Caller pass(Access access, Context context) {
    return gate.pass(
        access,
        context.req().getRemoteAddr(),
        context.header("Authorization"),
        context.header("Host"),
        context.header("Origin"));
  }

  /** What Javalin itself refuses: no such path, no such method, a broken request. */
  private void refuse(HttpResponseException error, Context context) {
    Problem problem;
    if (error.getStatus() == HttpStatus.NOT_FOUND.getCode()) {
      problem =
          ProblemKind.NOT_FOUND.of("nothing is at this path; GET /openapi.json says what is where");
    } else if (error.getStatus() == HttpStatus.METHOD_NOT_ALLOWED.getCode()) {
      problem =
          ProblemKind.METHOD_NOT_ALLOWED.of(
              context.method() + " is not for this path; GET /openapi.json says what is");
    } else {
      problem = ProblemKind.BAD_REQUEST.of(String.valueOf(error.getMessage()));
    }
    responder.write(context, problem, Map.of());
  }

  /** The table of what is served. */
  public List<Route> routes() {
    return routes;
  }

  /** Method and path of every handler that the server has, those of the console left out. */
  List<String> served() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .filter(handler -> !handler.endpoint.method.equals(HandlerType.BEFORE))
        .filter(handler -> !ConsolePages.PATHS.contains(handler.endpoint.path))
        .map(handler -> handler.endpoint.method.name() + " " + handler.endpoint.path)
        .toList();
  }

  public int port() {
    return server.port();
  }

  /** Where it serves, without a slash at the end. */
  public String url() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return (config.tls().isPresent() ? "https://" : "http://") + host + ":" + port();
  }

  /** Ends streams, then the server. Idempotent. */
  @Override
  public void close() {
    closeStreams();
    server.stop();
  }

  private void closeStreams() {
    flows.close();
    heartbeats.close();
  }
}
