/**
 * A workflow whose effects can be counted: fan-out, retries, state of every kind, a collected set
 * and a wait, all of which show in the outcome if they happen twice or not at all.
 */
@NullMarked
package io.millrace.system.tally;

import org.jspecify.annotations.NullMarked;
