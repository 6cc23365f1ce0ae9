package io.cacheaside.verification.freshness;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One run of the method behind the reads.
 *
 * @param began milliseconds since the epoch, on the clock that all JVMs share
 * @param ended likewise
 */
record Load(long began, long ended) {

    /** As {@link #all} reads it. */
    @Override
    public String toString() {
        return began + ":" + ended;
    }

    /** The loads in {@code text}, which are parted by blanks. */
    static List<Load> all(String text) {
        return Pattern.compile(" ")
                .splitAsStream(text)
                .filter(load -> !load.isEmpty())
                .map(load -> load.split(":", 2))
                .map(load -> new Load(Long.parseLong(load[0]), Long.parseLong(load[1])))
                .toList();
    }
}
