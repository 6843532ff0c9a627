/** What a route is, what it is given and what it answers; nothing of any HTTP library. */
@NullMarked
package io.millrace.http.route;

import org.jspecify.annotations.NullMarked;
