/**
 * The Kafka Streams shell around the core: decode, load, apply, store, route. Start reading at
 * {@link io.millrace.coordinator.topology.RunTopology}.
 */
@NullMarked
package io.millrace.coordinator.topology;

import org.jspecify.annotations.NullMarked;
