package io.millrace.local;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs tests against a broker and a registry in this JVM; used by {@link MillraceTest}. Needs JUnit
 * 5.13 or newer, which closes what an extension keeps in its stores: the handle of a test with the
 * test, broker and registry with the last test of the JVM.
 */
public final class MillraceExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

  private static final Namespace KEYS = Namespace.create(MillraceExtension.class);

  /** For JUnit. */
  public MillraceExtension() {}

  /** A constructor's handle is that of the test it is called for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (settings(context).namespacePer() == MillraceTest.Scope.CLASS) {
      home(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    home(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalMillrace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestHome home = home(context);
    // A look-up in a store finds the parent's value, too; a test must not get the handle of its
    // class.
    return context
        .getStore(KEYS)
        .getOrComputeIfAbsent(
            "handle " + context.getUniqueId(), key -> new LocalMillrace(home), LocalMillrace.class);
  }

  private static TestHome home(ExtensionContext context) {
    MillraceTest settings = settings(context);
    if (settings.namespacePer() == MillraceTest.Scope.METHOD && context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "There is no LocalMillrace before the first test of "
              + context.getRequiredTestClass().getName()
              + ", because each test has a namespace of its own. Take it in a @BeforeEach method or in the test.");
    }
    return context
        .getStore(KEYS)
        .getOrComputeIfAbsent(
            TestHome.class,
            key ->
                TestHome.open(
                    shared(context), context.getRequiredTestClass().getSimpleName(), settings),
            TestHome.class);
  }

  private static LocalStack shared(ExtensionContext context) {
    Store root = context.getRoot().getStore(KEYS);
    return root.getOrComputeIfAbsent(
        LocalStack.class,
        key -> LocalStack.builder().withoutCoordinator().start(),
        LocalStack.class);
  }

  private static MillraceTest settings(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(
            context.getRequiredTestClass(), MillraceTest.class, context.getEnclosingTestClasses())
        .orElseThrow(
            () ->
                new ParameterResolutionException(
                    "Annotate "
                        + context.getRequiredTestClass().getName()
                        + " with @MillraceTest; the extension alone does not say how far a namespace reaches."));
  }
}
