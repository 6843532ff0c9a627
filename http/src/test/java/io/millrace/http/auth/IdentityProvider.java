package io.millrace.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that publishes its keys on this machine, and may be down. */
public final class IdentityProvider implements AutoCloseable {
  private final RSAKey key = key("k1");
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean down;
  private volatile String saysIssuer;

  public IdentityProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    saysIssuer = issuer();
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          String body =
              exchange.getRequestURI().getPath().equals("/keys")
                  ? new JWKSet(key.toPublicJWK()).toString()
                  : "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}"
                      .formatted(saysIssuer, issuer());
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(down ? 503 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  RSAKey key() {
    return key;
  }

  /** How often it was asked for anything. */
  int requests() {
    return requests.get();
  }

  public void down(boolean isDown) {
    down = isDown;
  }

  /** What its discovery document says. */
  void saysIssuer(String issuer) {
    saysIssuer = issuer;
  }

  /** Of a token that may view. */
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience("millrace")
        .subject("ada")
        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
        .claim("roles", List.of("millrace-view"));
  }

  /** A token of somebody with this role's name in its claim. */
  public String token(String role) {
    return signed(claims().claim("roles", List.of(role)));
  }

  String signed(JWTClaimsSet.Builder claims) {
    return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1"), claims);
  }

  String signed(JWTClaimsSet.Builder claims, String type) {
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").type(new JOSEObjectType(type)),
        claims);
  }

  private String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims) {
    try {
      return signed(header.build(), claims.build(), new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner by) throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(by);
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
