package io.cacheaside.verification.outage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One read of an open loop.
 *
 * @param at when it was due, by {@link System#nanoTime}, which JVMs of one machine share
 * @param nanos until it ended
 * @param end how
 */
record Sample(long at, long nanos, End end) {

    /** How a read ended. */
    enum End {
        /** With a value that this call did not load. */
        SERVED,
        /** With a value that this call loaded. */
        LOADED,
        /** With an exception. */
        FAILED,
        /** It did not begin, because too many others had not ended. */
        SHED
    }

    boolean isAnswered() {
        return end == End.SERVED || end == End.LOADED;
    }

    static void write(Collection<Sample> samples, Path file) throws IOException {
        Files.write(
                file,
                samples.stream()
                        .map(sample -> sample.at + " " + sample.nanos + " " + sample.end)
                        .toList());
    }

    /** The samples in {@code file} from {@code begin} on, in their order of time. */
    static List<Sample> read(Path file, long begin) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" ", -1))
                .map(words -> new Sample(Long.parseLong(words[0]), Long.parseLong(words[1]), End.valueOf(words[2])))
                .filter(sample -> sample.at >= begin)
                .sorted(Comparator.comparingLong(Sample::at))
                .toList();
    }
}
