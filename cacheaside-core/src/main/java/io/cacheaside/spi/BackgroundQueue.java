package io.cacheaside.spi;

import java.time.Duration;

/** The keys that one client invalidates in the background and that wait for it. May be asked on any thread at any time. */
public interface BackgroundQueue {

    /** How many keys wait to be sent. */
    int size();

    /** How long the oldest key has been waiting that is neither acknowledged nor in the journal; zero where there is none. */
    Duration age();
}
