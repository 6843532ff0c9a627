/** Who calls, and what they may do. */
@NullMarked
package io.millrace.http.auth;

import org.jspecify.annotations.NullMarked;
