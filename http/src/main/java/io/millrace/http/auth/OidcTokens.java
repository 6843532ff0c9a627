package io.millrace.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an identity provider: JWTs that one of its published keys has signed, for this
 * audience, not expired, with a role. Keys are fetched when they are first needed and kept; a key
 * that is new is fetched once it is met. What cannot be a token of the issuer is refused before
 * anything is fetched.
 */
public final class OidcTokens implements Authenticator {
  private static final int TIMEOUT_MS = 3_000;
  private static final int MOST_KEY_BYTES = 512 * 1024;

  /** For who finds the keys being fetched. */
  private static final long MOST_WAIT_MS = 1_000;

  /** Twice in that time keys are looked for again, whatever keys tokens name. */
  private static final long MOST_OFTEN_MS = 10_000;

  /** Public keys only: a provider's public key must never do as a shared secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      new HashSet<>(
          List.of(
              JWSAlgorithm.RS256,
              JWSAlgorithm.RS384,
              JWSAlgorithm.RS512,
              JWSAlgorithm.PS256,
              JWSAlgorithm.PS384,
              JWSAlgorithm.PS512,
              JWSAlgorithm.ES256,
              JWSAlgorithm.ES384,
              JWSAlgorithm.ES512));

  /** That of RFC 9068, too; a token without a type is what many providers give. */
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
      new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null);

  private final OidcSettings settings;
  private final OidcDiscovery discovery;
  private final ResourceRetriever keySets;
  private volatile @Nullable JWTProcessor<SecurityContext> processor;

  public OidcTokens(OidcSettings settings) {
    this(settings, new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MOST_KEY_BYTES));
  }

  /**
   * @param web fetches what the provider publishes
   */
  OidcTokens(OidcSettings settings, ResourceRetriever web) {
    this.settings = settings;
    this.discovery = new OidcDiscovery(settings, new PatientRetriever(web, System::nanoTime));
    this.keySets = new PatientRetriever(web, System::nanoTime);
  }

  @Override
  public Caller authenticate(Optional<String> token) {
    String given = token.orElseThrow(() -> new UnauthenticatedException(Bearer.complaint(false)));
    try {
      SignedJWT ours = ours(given);
      JWTClaimsSet claims = processor().process(ours, null);
      Role role =
          RolesClaim.of(claims, settings)
              .orElseThrow(
                  () ->
                      new UnauthenticatedException(
                          "the token is good, but its claim '%s' holds neither %s nor %s"
                              .formatted(
                                  settings.rolesClaim(), settings.view(), settings.operate())));
      return new Caller(
          claims.getSubject(), role, Optional.of(claims.getExpirationTime()).map(Date::toInstant));
    } catch (KeySourceException e) {
      throw unavailable(e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new UnauthenticatedException(
          "the bearer token is not good here: " + String.valueOf(e.getMessage()));
    }
  }

  /** What is garbage, or another's, must not cost a question to the provider. */
  private SignedJWT ours(String given) throws ParseException, BadJOSEException {
    SignedJWT token = SignedJWT.parse(given);
    if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
      throw new BadJOSEException("its algorithm is not one of a public key");
    }
    TYPES.verify(token.getHeader().getType(), null);
    if (!settings.issuer().equals(token.getJWTClaimsSet().getIssuer())) {
      throw new BadJOSEException("it is not of " + settings.issuer());
    }
    return token;
  }

  private JWTProcessor<SecurityContext> processor() {
    JWTProcessor<SecurityContext> ready = processor;
    if (ready == null) {
      ready = make();
      processor = ready;
    }
    return ready;
  }

  private JWTProcessor<SecurityContext> make() {
    try {
      JWKSource<SecurityContext> keys =
          JWKSourceBuilder.<SecurityContext>create(discovery.keys().toURL(), keySets)
              .cache(JWKSourceBuilder.DEFAULT_CACHE_TIME_TO_LIVE, MOST_WAIT_MS)
              .rateLimited(MOST_OFTEN_MS)
              .outageTolerant(true)
              .build();
      DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
      made.setJWSTypeVerifier(TYPES);
      made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
      made.setJWTClaimsSetVerifier(
          new DefaultJWTClaimsVerifier<>(
              settings.audience(),
              new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
              Set.of("sub", "exp")));
      return made;
    } catch (MalformedURLException e) {
      throw unavailable(e);
    }
  }

  private IdentityProviderException unavailable(Exception cause) {
    return new IdentityProviderException(
        "the keys of "
            + settings.issuer()
            + " are not to be had, so tokens cannot be checked just now; try again",
        cause);
  }
}
