package io.cacheaside.verification.faults;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Something that goes wrong.
 *
 * @param name as the table has it
 */
record Fault(String name, Strike strike) {

    /** Lets it happen, and mends what has to be mended from outside; returns then. */
    interface Strike {
        void on(FaultRace race, SplittableRandom random) throws IOException;
    }
}
