package io.millrace.local;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class run against a real Millrace in this JVM: broker, schema registry and
 * coordinator. A parameter of type {@link LocalMillrace} of a test method, of a method that runs
 * before or after it, or of the constructor is the way in.
 *
 * <p>Broker and registry are started once in a JVM, which takes about two seconds, and shared by
 * all test classes; each class (or method) has a namespace, and so topics and runs, of its own.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(MillraceExtension.class)
public @interface MillraceTest {

  /** How far a namespace reaches. */
  enum Scope {
    /** The tests of a class share a namespace and its coordinator. */
    CLASS,
    /** Each test has a namespace and a coordinator of its own. */
    METHOD
  }

  /** How far a namespace reaches: to all tests of the class by default. */
  Scope namespacePer() default Scope.CLASS;

  /**
   * Whether a coordinator runs from the start; if not, {@link LocalMillrace#startCoordinator()}
   * starts one.
   */
  boolean coordinator() default true;

  /**
   * Settings of the coordinator and of what {@link LocalMillrace#config()} is given to, each as
   * {@code key=value}.
   */
  String[] settings() default {};
}
