/** Looking at runs. */
@NullMarked
package io.millrace.http.look;

import org.jspecify.annotations.NullMarked;
