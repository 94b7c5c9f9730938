package org.digitstream.standalone.capacity;

/**
 * What one process uses at one moment of a long run.
 *
 * @param seconds since the run began
 * @param audioHours audio that has been spoken, of all streams together
 * @param heapMebibytes heap in use after a collection
 * @param offHeapMebibytes memory outside of the heap that the JVM counts: classes, compiled code,
 *     direct buffers; mapped files are not in it
 * @param residentMebibytes memory of the process in RAM; 0 where the system does not tell
 * @param threads live threads
 * @param fileHandles open file handles; 0 where the system does not tell
 * @param storedEntries entries in the state stores of all services
 */
public record LongRunSample(
    double seconds,
    double audioHours,
    double heapMebibytes,
    double offHeapMebibytes,
    double residentMebibytes,
    int threads,
    long fileHandles,
    long storedEntries) {}
