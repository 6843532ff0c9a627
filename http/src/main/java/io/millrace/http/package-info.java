/** The coordinator's HTTP API. Start reading at {@link io.millrace.http.HttpApi}. */
@NullMarked
package io.millrace.http;

import org.jspecify.annotations.NullMarked;
