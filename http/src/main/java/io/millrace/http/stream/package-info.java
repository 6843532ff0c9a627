/** A run's stream as Server-Sent Events or lines of JSON. */
@NullMarked
package io.millrace.http.stream;

import org.jspecify.annotations.NullMarked;
