/** What SEMANTICS promises, on a real broker, through the public API alone. */
@NullMarked
package io.millrace.local.behaviour;

import org.jspecify.annotations.NullMarked;
