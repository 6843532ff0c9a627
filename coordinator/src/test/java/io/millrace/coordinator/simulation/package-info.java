/**
 * Whole histories of the coordinator's core from one seed: random workflows, steps that do random
 * things, workers and coordinators that die, records that come late, twice or in another order.
 * Start reading at {@link io.millrace.coordinator.simulation.World}.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.coordinator.simulation;
