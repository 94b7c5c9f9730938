package org.digitstream.standalone.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.digitstream.standalone.crash.CrashCluster.Instance;
import org.digitstream.standalone.crash.CrashCluster.Service;

/** What happens to a cluster while people speak. */
enum Disturbance {
  /** {@code kill -9} in the middle of a word of the instance that works on it. */
  KILL_FEATURES,
  /** The same of the other service. */
  KILL_INFERENCE,
  /** The one that works is told to stop, as before an upgrade. */
  STOP_FEATURES,
  /** The same of the other service. */
  STOP_INFERENCE,
  /** A third instance comes and goes. */
  ADD_AND_REMOVE_FEATURES,
  /** The same of the other service. */
  ADD_AND_REMOVE_INFERENCE,
  /** The broker is stopped, and started again after 10 s. */
  STOP_BROKER,
  /** {@code kill -9} of both services' active instances at once, in the middle of a word. */
  KILL_BOTH,
  /** {@code kill -9} of all services and of the broker; all is started again after 10 s. */
  ALL_AT_ONCE;

  private static final long AWAY_SECONDS = 10;

  /** Whom it befalls: a stream, by its number and its partition. */
  record Victim(int stream, int partition) {}

  /** Does it; whatever was stopped has been started again on return, but may not run yet. */
  void happen(CrashCluster cluster, Speakers speakers, Victim victim, Random random)
      throws Exception {
    switch (this) {
      case KILL_FEATURES -> killMidWord(Service.FEATURES, cluster, speakers, victim);
      case KILL_INFERENCE -> killMidWord(Service.INFERENCE, cluster, speakers, victim);
      case STOP_FEATURES -> stop(cluster.owner(Service.FEATURES, victim.partition()), cluster);
      case STOP_INFERENCE -> stop(cluster.owner(Service.INFERENCE, victim.partition()), cluster);
      case ADD_AND_REMOVE_FEATURES -> addAndRemove(new Instance(Service.FEATURES, "c"), cluster);
      case ADD_AND_REMOVE_INFERENCE -> addAndRemove(new Instance(Service.INFERENCE, "c"), cluster);
      case STOP_BROKER -> {
        cluster.stopBroker();
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);
        cluster.startBroker();
      }
      case KILL_BOTH -> {
        List<Instance> active =
            List.of(
                cluster.owner(Service.FEATURES, victim.partition()),
                cluster.owner(Service.INFERENCE, victim.partition()));
        speakers.awaitWithinWord(victim.stream());
        for (Instance instance : active) {
          cluster.kill(instance);
        }
        active.forEach(cluster::start);
      }
      case ALL_AT_ONCE -> {
        List<Instance> instances = new ArrayList<>(cluster.instances());
        Collections.shuffle(instances, random);
        speakers.awaitWithinWord(victim.stream());
        for (Instance instance : instances) {
          cluster.kill(instance);
        }
        cluster.killBroker();
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);
        cluster.startBroker();
        instances.forEach(cluster::start);
      }
    }
  }

  private static void killMidWord(
      Service service, CrashCluster cluster, Speakers speakers, Victim victim) throws Exception {
    Instance active = cluster.owner(service, victim.partition());
    speakers.awaitWithinWord(victim.stream());
    cluster.kill(active);
    cluster.start(active);
  }

  private static void stop(Instance active, CrashCluster cluster) throws InterruptedException {
    cluster.stop(active);
    cluster.start(active);
  }

  private static void addAndRemove(Instance third, CrashCluster cluster)
      throws InterruptedException {
    cluster.start(third);
    cluster.awaitRunning();
    TimeUnit.SECONDS.sleep(1);
    cluster.stop(third);
  }
}
