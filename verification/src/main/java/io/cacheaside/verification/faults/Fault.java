package io.cacheaside.verification.faults;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Something that goes wrong.
 *
 * @param place what Redis has to be made of for it
 * @param name as the table has it
 * @param losesIndexes true where tags are not to be relied upon, as docs/consistency.md says, so that nobody removes any
 */
record Fault(Place place, String name, boolean losesIndexes, Strike strike) {

    /** What Redis is made of. */
    enum Place {
        /** One server, with a way to it that can be broken. */
        SERVER,
        /** A master, a replica and a sentinel. */
        SENTINEL,
        /** Three masters with a replica each. */
        CLUSTER;

        Site open(int jvms) throws IOException {
            return switch (this) {
                case SERVER -> new FaultRedis(jvms);
                case SENTINEL -> new FaultSentinel();
                case CLUSTER -> new FaultCluster();
            };
        }
    }

    /** Lets it happen, and mends what has to be mended from outside; returns then. */
    interface Strike {
        void on(FaultRace race, SplittableRandom random) throws IOException;
    }

    /** A fault of one server. */
    static Fault ofServer(String name, Strike strike) {
        return new Fault(Place.SERVER, name, false, strike);
    }

    /** A fault of one server that takes indexes of tags and leaves entries that were registered there. */
    static Fault losingIndexes(String name, Strike strike) {
        return new Fault(Place.SERVER, name, true, strike);
    }
}
