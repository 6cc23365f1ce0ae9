package io.cacheaside.verification.history;

import io.cacheaside.error.StrictWriteException;
import io.cacheaside.verification.history.documents.Documents;
import io.cacheaside.verification.history.documents.Unconfirmed;
import io.cacheaside.verification.history.documents.Way;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** One thread of a race: reads and writes until its turn is over, and notes what it saw. */
public final class Racer implements Runnable {

    /** One of so many operations reads two documents in a snapshot. */
    private static final int TOURS = 250;

    private final Settings settings;
    private final Zipf keys;
    private final Documents documents;
    private final Recorder recorder;
    private final BooleanSupplier over;
    private final SplittableRandom random = new SplittableRandom();

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong operations = new AtomicLong();
    private final WriteCounts counts = new WriteCounts();
    private long unconfirmed;
    private long refused;
    private long failed;
    private long longestRead;
    private long longestWrite;

    /** A thread's work, until {@code over}. */
    public Racer(Settings settings, Zipf keys, Documents documents, Recorder recorder, BooleanSupplier over) {
        this.settings = settings;
        this.keys = keys;
        this.documents = documents;
        this.recorder = recorder;
        this.over = over;
    }

    @Override
    public void run() {
        while (!over.getAsBoolean()) {
            try {
                step(keys.next(random));
            } catch (StrictWriteException promised) {
                refused++;
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
        long returned = System.nanoTime();
        recorder.read(key, version, invoked, returned);
        longestRead = Math.max(longestRead, returned - invoked);
        reads.incrementAndGet();
        operations.incrementAndGet();
    }

    private void write(int key, Way way) {
        long invoked = System.nanoTime();
        recorder.begun(key, way, invoked);
        try {
            Map<Integer, Integer> versions = documents.change(key, way);
            recorder.write(versions, invoked, System.nanoTime());
            counts.add(way, versions.size());
            operations.addAndGet(versions.size());
        } catch (Unconfirmed write) {
            unconfirmed++;
            recorder.unconfirmed(write.versions(), invoked, System.nanoTime());
        } finally {
            longestWrite = Math.max(longestWrite, System.nanoTime() - invoked);
        }
    }

    /** Reads among what was noted; may be looked at while the race goes on. */
    public long reads() {
        return reads.get();
    }

    /** What was noted; may be looked at while the race goes on. */
    public long operations() {
        return operations.get();
    }

    /** The writes whose invalidation was acknowledged in time, and those that were rolled back. */
    WriteCounts counts() {
        return counts;
    }

    /** Writes whose invalidation was not acknowledged in time. */
    public long unconfirmed() {
        return unconfirmed;
    }

    /** Strict writes that were stopped because their mark was not acknowledged: nothing was written. */
    public long refused() {
        return refused;
    }

    /** Calls that threw anything else. */
    public long failed() {
        return failed;
    }

    /** The longest read, in nanoseconds. */
    public long longestRead() {
        return longestRead;
    }

    /** The longest write, in nanoseconds. */
    public long longestWrite() {
        return longestWrite;
    }
}
