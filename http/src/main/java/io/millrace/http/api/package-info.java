/** The routes, by subject. Start reading at {@link io.millrace.http.api.Routes}. */
@NullMarked
package io.millrace.http.api;

import org.jspecify.annotations.NullMarked;
