/**
 * Bytes and records: events in registry wire format ({@link io.millrace.serde.WireFormat}, {@link
 * io.millrace.serde.SchemaIds}, Kafka serializers), Millrace's own protocol records in Avro
 * single-object encoding ({@link io.millrace.serde.ProtocolCodec}).
 */
@NullMarked
package io.millrace.serde;

import org.jspecify.annotations.NullMarked;
