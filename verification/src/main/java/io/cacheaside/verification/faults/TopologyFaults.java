package io.cacheaside.verification.faults;

import io.cacheaside.verification.faults.Fault.Place;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The faults of a master with a replica, and of a cluster. */
final class TopologyFaults {

    /** Values from before a server's process, or from its first two seconds, count as misses anyway. */
    private static final Duration TRUSTED = Duration.ofSeconds(3);

    private static final Duration UNREPLICATED = Duration.ofMillis(400);

    /** By Zipf's law the first documents are the hot ones. */
    private static final int HOT = 3;

    private TopologyFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(Place.SENTINEL, "sentinel-failover", false, TopologyFaults::failOverBehindTheBack),
                new Fault(
                        Place.CLUSTER,
                        "cluster-failover",
                        false,
                        (race, random) -> race.site(FaultCluster.class).failOver(hotKey(random))),
                new Fault(
                        Place.CLUSTER,
                        "cluster-slot-moved",
                        false,
                        (race, random) -> race.site(FaultCluster.class).move(hotKey(random))));
    }

    /** The replica has not got the last removals when it becomes the master. */
    private static void failOverBehindTheBack(FaultRace race, SplittableRandom random) {
        FaultSentinel site = race.site(FaultSentinel.class);
        FaultRace.rest(TRUSTED);
        site.cutReplication();
        long cut = System.nanoTime();
        FaultRace.rest(UNREPLICATED);
        site.failOver(() -> race.lost(cut, System.nanoTime()));
    }

    private static String hotKey(SplittableRandom random) {
        return FaultRace.SHELVES.key(random.nextInt(HOT));
    }
}
