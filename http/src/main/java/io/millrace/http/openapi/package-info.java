/** The OpenAPI document, made from the table of routes. */
@NullMarked
package io.millrace.http.openapi;

import org.jspecify.annotations.NullMarked;
