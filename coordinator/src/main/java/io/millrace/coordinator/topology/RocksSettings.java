package io.millrace.coordinator.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all stores of a process together: by default each partition would take its
 * own cache and buffers, more than 90 MiB apiece.
 */
public final class RocksSettings implements RocksDBConfigSetter {
  private static final long CACHE_BYTES = 64L << 20;
  private static final long BUFFER_BYTES = 32L << 20;
  private static final long ONE_BUFFER_BYTES = 4L << 20;
  private static final Shared SHARED = new Shared();

  private static final class Shared {
    final Cache cache;
    final WriteBufferManager buffers;

    Shared() {
      org.rocksdb.RocksDB.loadLibrary();
      cache = new LRUCache(CACHE_BYTES);
      buffers = new WriteBufferManager(BUFFER_BYTES, cache);
    }
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(SHARED.cache);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(SHARED.buffers);
    options.setWriteBufferSize(ONE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
  }

  @Override
  public void close(String storeName, Options options) {
    // Cache and buffers are shared by all stores of the process and live as long as it.
  }
}
