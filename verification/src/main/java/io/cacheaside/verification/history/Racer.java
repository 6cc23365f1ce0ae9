package io.cacheaside.verification.history;

import io.cacheaside.verification.history.documents.Documents;
import io.cacheaside.verification.history.documents.Unconfirmed;
import io.cacheaside.verification.history.documents.Way;
import java.util.SplittableRandom;

/** One thread of a race: reads and writes until its turn is over, and notes what it saw. */
final class Racer implements Runnable {

    /** One of so many operations reads two documents in a snapshot. */
    private static final int TOURS = 250;

    private final Settings settings;
    private final Zipf keys;
    private final Documents documents;
    private final Recorder recorder;
    private final long end;
    private final SplittableRandom random = new SplittableRandom();

    private long operations;
    private long unconfirmed;
    private long failed;

    Racer(Settings settings, Zipf keys, Documents documents, Recorder recorder, long end) {
        this.settings = settings;
        this.keys = keys;
        this.documents = documents;
        this.recorder = recorder;
        this.end = end;
    }

    @Override
    public void run() {
        while (System.nanoTime() < end) {
            try {
                step(keys.next(random));
            } catch (RuntimeException failure) {
                if (failed++ == 0) {
                    System.err.println("a call failed: " + failure);
                }
            }
        }
        recorder.flush();
    }

    private void step(int key) {
        if (random.nextInt(100) < settings.writesPercent()) {
            write(key, settings.mix().get(random.nextInt(settings.mix().size())));
            if (random.nextBoolean()) {
                read(key); // as people look at what they have just changed
            }
        } else if (random.nextInt(TOURS) == 0) {
            documents.tour(keys.next(random), key);
        } else {
            read(key);
        }
    }

    private void read(int key) {
        long invoked = System.nanoTime();
        int version = documents.read(key).version();
        recorder.read(key, version, invoked, System.nanoTime());
        operations++;
    }

    private void write(int key, Way way) {
        long invoked = System.nanoTime();
        try {
            int version = documents.change(key, way);
            if (version != Documents.NOTHING) {
                recorder.write(key, version, invoked, System.nanoTime());
                operations++;
            }
        } catch (Unconfirmed write) {
            unconfirmed++;
            recorder.write(key, write.version(), invoked, Long.MAX_VALUE);
        }
    }

    /** What was noted. */
    long operations() {
        return operations;
    }

    /** Writes whose invalidation was not acknowledged in time. */
    long unconfirmed() {
        return unconfirmed;
    }

    /** Calls that threw. */
    long failed() {
        return failed;
    }
}
