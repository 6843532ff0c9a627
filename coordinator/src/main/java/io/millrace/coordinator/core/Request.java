package io.millrace.coordinator.core;

/** Who asked, and the partition of the replies topic that the asker reads (law 9). */
public record Request(String id, int replyPartition) {}
