/** The workflow client against a real broker. */
@org.jspecify.annotations.NullMarked
package io.millrace.local.client;
