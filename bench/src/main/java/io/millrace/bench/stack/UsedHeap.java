package io.millrace.bench.stack;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Objects;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** How much heap another JVM uses, asked by JMX. */
public final class UsedHeap {
  private UsedHeap() {}

  /**
   * Bytes in use after a full collection.
   *
   * @param pid of a JVM of this user
   * @throws IllegalStateException if it cannot be asked
   */
  @SuppressWarnings("BanJNDI") // the address comes from a child process of this one
  public static long of(long pid) {
    try {
      VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
      String address;
      try {
        address = jvm.startLocalManagementAgent();
      } finally {
        jvm.detach();
      }
      try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
        MemoryMXBean memory =
            Objects.requireNonNull(
                ManagementFactory.getPlatformMXBean(
                    connector.getMBeanServerConnection(), MemoryMXBean.class));
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw new IllegalStateException("process " + pid + " does not tell its heap: " + e, e);
    }
  }
}
