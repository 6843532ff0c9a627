/** Every process in a container of its own: what fails, and what must hold all the same. */
@NullMarked
package io.millrace.system;

import org.jspecify.annotations.NullMarked;
