@NullMarked
package io.millrace.coordinator.history;

import org.jspecify.annotations.NullMarked;
