/** Tests of bytes and records. */
@org.jspecify.annotations.NullMarked
package io.millrace.serde;
