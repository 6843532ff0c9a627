/** A workflow with a step that its process does not survive. */
@NullMarked
package io.millrace.system.poison;

import org.jspecify.annotations.NullMarked;
