/** Workers against a real broker, with a test in the place of the coordinator. */
@org.jspecify.annotations.NullMarked
package io.millrace.local.security;
