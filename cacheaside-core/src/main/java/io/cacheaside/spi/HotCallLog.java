package io.cacheaside.spi;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The common record of how often calls of a cache's reads were made, day by day. No method blocks. */
public interface HotCallLog {

    /**
     * Adds {@code reads} to a day's counts and forgets all but the {@code most} hottest calls of that day. The day's record
     * ends {@code keep} after the last addition.
     *
     * @param reads how often each call was made
     */
    CompletableFuture<Void> add(String cache, LocalDate day, Map<String, Long> reads, int most, Duration keep);

    /** The {@code most} calls with the highest sums over {@code days}, the highest first. */
    CompletableFuture<List<String>> hottest(String cache, Collection<LocalDate> days, int most);
}
