/** Tests. */
@org.jspecify.annotations.NullMarked
package io.millrace.http.look;
