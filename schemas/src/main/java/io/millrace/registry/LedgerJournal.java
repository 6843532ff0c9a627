package io.millrace.registry;

/** Where a ledger writes a change before it takes effect. */
@FunctionalInterface
public interface LedgerJournal {
  /** Keeps nothing. */
  LedgerJournal NONE = entry -> {};

  /** Makes the entry durable, or throws, in which case the change does not happen. */
  void append(LedgerEntry entry);
}
