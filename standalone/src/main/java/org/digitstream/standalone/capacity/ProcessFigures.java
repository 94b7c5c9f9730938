package org.digitstream.standalone.capacity;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What this process tells about itself, and the broker in it. Any number of threads. */
final class ProcessFigures {
  private static final double MEBIBYTE = 1 << 20;

  /** A monitoring interface of the broker's that Kafka documents. */
  private static final String BYTES_IN =
      "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=*";

  private ProcessFigures() {}

  private static com.sun.management.OperatingSystemMXBean system() {
    return (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }

  /** CPU time used until now. */
  static CpuTimes cpuTimes() {
    ThreadMXBean beans = ManagementFactory.getThreadMXBean();
    Map<Long, CpuTimes.OfThread> threads = new HashMap<>();
    for (ThreadInfo info : beans.getThreadInfo(beans.getAllThreadIds())) {
      // Null, or −1 below, of a thread that has ended since.
      long nanos = info == null ? -1 : beans.getThreadCpuTime(info.getThreadId());
      if (nanos >= 0) {
        threads.put(info.getThreadId(), new CpuTimes.OfThread(info.getThreadName(), nanos));
      }
    }
    return new CpuTimes(System.nanoTime(), system().getProcessCpuTime(), threads);
  }

  /** Heap in use after a collection, which takes a moment. */
  static double heapMebibytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
  }

  /** Classes, compiled code and direct buffers. */
  static double offHeapMebibytes() {
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return (ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed() + direct)
        / MEBIBYTE;
  }

  /** Live threads. */
  static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /** Open file handles; 0 where the system does not tell. */
  static long fileHandles() {
    return system() instanceof com.sun.management.UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** Memory of this process that is in RAM, where the system tells (Linux). */
  static Optional<Double> residentMebibytes() {
    return line(Path.of("/proc/self/status"), "VmRSS")
        .map(value -> Double.parseDouble(value.replaceAll("\\D", "")) / 1024);
  }

  /** Bytes that the broker in this process has taken in so far, by topic. */
  static Map<String, Long> bytesByTopic() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Map<String, Long> bytes = new TreeMap<>();
    try {
      for (ObjectName name : server.queryNames(new ObjectName(BYTES_IN), null)) {
        bytes.put(name.getKeyProperty("topic"), (Long) server.getAttribute(name, "Count"));
      }
    } catch (JMException e) {
      throw new IllegalStateException("the broker's meters cannot be read: " + e, e);
    }
    return bytes;
  }

  /** This machine. */
  static CapacityReport.Machine machine() {
    return new CapacityReport.Machine(
        line(Path.of("/proc/cpuinfo"), "model name").orElse(system().getArch()),
        system().getAvailableProcessors(),
        Math.round(system().getTotalMemorySize() / MEBIBYTE),
        Math.round(Runtime.getRuntime().maxMemory() / MEBIBYTE),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }

  /** The value of the first line {@code name: value} of a file; nothing where there is none. */
  private static Optional<String> line(Path file, String name) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
