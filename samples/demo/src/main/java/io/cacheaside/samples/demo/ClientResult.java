package io.cacheaside.samples.demo;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one client saw. Written by its thread alone, read after its end. */
final class ClientResult {

    final Latencies pages = new Latencies();
    final Latencies changes = new Latencies();
    long stale;
    long failures;

    @Nullable
    IOException firstFailure;

    void failed(IOException failure) {
        failures++;
        if (firstFailure == null) {
            firstFailure = failure;
        }
    }
}
