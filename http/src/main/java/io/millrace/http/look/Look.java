package io.millrace.http.look;

import io.millrace.RunInspection;
import io.millrace.UntypedRunHandle;

/**
 * A run as it was at one moment.
 *
 * @param handle for what is to be done with it; may be shared
 * @param run what it told
 */
public record Look(UntypedRunHandle handle, RunInspection run) {}
