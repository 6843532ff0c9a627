/**
 * A whole Millrace in one JVM: a real single-node broker, the stack around it and the JUnit
 * extension.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.local;
