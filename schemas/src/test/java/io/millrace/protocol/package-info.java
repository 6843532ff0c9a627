/** Tests of protocol helpers. */
@org.jspecify.annotations.NullMarked
package io.millrace.protocol;
