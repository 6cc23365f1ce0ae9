package io.cacheaside.verification.decoder;

import com.sun.management.ThreadMXBean;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.CacheAsideClientBuilder;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.entry.Frame;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attacker: puts bytes into a store and reads them as an application would, through a client. Bytes come in two
 * ways. In a frame as it was, damage and all: nothing of it may be a value. In a frame made to check: it may be a value,
 * but only of allowed classes. Used by one thread.
 */
final class Attack {

    private static final Object MISS = new Object();
    private static final int WARM_UP = 1_000;

    private final Findings findings;
    private final HostileSlots slots = new HostileSlots();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Target> targets = new ArrayList<>();
    private final Random random;
    private boolean measuring;
    private final Mutator mutator;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Target(Specimen specimen, ValueFormat format, byte[] payload, byte[] frame, ReadPath reads) {}

    Attack(Findings findings, long seed) {
        this.findings = findings;
        this.random = new Random(seed);
        CacheAsideClientBuilder builder = CacheAsideClient.builder()
                .namespace("attacked")
                .store(slots)
                .leases(slots)
                .codec(Specimen.all().get(0).codec())
                .listener(new CacheListener() {
                    @Override
                    public void unreadable(String cache, String cause) {
                        findings.refused(cause);
                    }
                });
        Specimen.all().forEach(specimen -> builder.codec(specimen.name(), specimen.codec()));
        CacheAsideClient client = builder.build();
        for (Specimen specimen : Specimen.all()) {
            ValueFormat format = specimen.format();
            byte[] payload = specimen.payload();
            ReadPath reads = client.readPath(client.policyOf(specimen.name(), CacheSettings.NONE), specimen.type());
            targets.add(new Target(specimen, format, payload, Specimen.sealed(format, payload), reads));
        }
        this.mutator = new Mutator(random, targets.stream().map(Target::payload).toList());
    }

    /** Reads good frames and bad ones, so that what follows does not pay for loading classes. */
    void warmUp() {
        for (int i = 0; i < WARM_UP; i++) {
            Target target = targets.get(i % targets.size());
            if (read(target, target.frame()) == MISS) {
                findings.violation("the good frame of '" + target.specimen().name() + "' is a miss", target.frame());
            }
            read(target, mutator.mutated(target.frame()));
        }
        measuring = true;
    }

    /** Payloads that would take long or much memory, and each with one byte less. */
    void bombs(LongConsumer executed) {
        for (Target target : targets) {
            if (target.specimen().holdsAnything()) {
                for (byte[] bomb : Bombs.of(target.specimen())) {
                    bomb(target, bomb);
                    bomb(target, Arrays.copyOf(bomb, bomb.length - 1));
                    executed.accept(2);
                }
            }
        }
    }

    private void bomb(Target target, byte[] payload) {
        if (read(target, Frame.value(target.format().fingerprint(), Specimen.CREATED, 0, payload)) != MISS) {
            findings.violation("a bomb of " + payload.length + " bytes was read", payload);
        }
    }

    /** Every truncation and every bit flip of every specimen, in both ways, and what other codecs write. */
    void everySmallDamage(LongConsumer executed) {
        for (Target target : targets) {
            for (int length = 0; length < target.frame().length; length++) {
                damaged(target, Arrays.copyOf(target.frame(), length));
            }
            for (int length = 0; length < target.payload().length; length++) {
                sealed(target, Arrays.copyOf(target.payload(), length));
            }
            for (int bit = 0; bit < target.frame().length * 8; bit++) {
                damaged(target, flipped(target.frame(), bit));
            }
            for (int bit = 0; bit < target.payload().length * 8; bit++) {
                sealed(target, flipped(target.payload(), bit));
            }
            for (byte[] foreign : Mutator.foreign()) {
                damaged(target, foreign);
                sealed(target, foreign);
            }
            executed.accept(9L * (target.frame().length + target.payload().length)
                    + 2L * Mutator.foreign().size());
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    /** One mutation. */
    void once() {
        Target target = targets.get(random.nextInt(targets.size()));
        if (random.nextInt(4) == 0) {
            damaged(target, mutator.mutated(target.frame()));
        } else {
            sealed(target, mutator.mutated(target.payload()));
        }
    }

    private void damaged(Target target, byte[] frame) {
        if (read(target, frame) == MISS) {
            return;
        }
        if (holds(frame, target.frame())) {
            findings.intact();
        } else {
            findings.violation("a damaged frame of '" + target.specimen().name() + "' was accepted", frame);
        }
    }

    /** A slot may hold several frames: an intact one is as good behind a damaged one, or behind another. */
    private static boolean holds(byte[] slot, byte[] intact) {
        for (int at = 0; at <= slot.length - intact.length; at++) {
            if (Arrays.equals(slot, at, at + intact.length, intact, 0, intact.length)) {
                return true;
            }
        }
        return false;
    }

    private void sealed(Target target, byte[] payload) {
        byte[] frame = Frame.value(target.format().fingerprint(), Specimen.CREATED, 0, payload);
        Object value = read(target, frame);
        if (value == MISS) {
            return;
        }
        findings.accepted();
        String stranger = Reached.stranger(value);
        if (stranger != null) {
            findings.violation("an instance of " + stranger + " was made", frame);
        }
    }

    private @Nullable Object read(Target target, byte[] bytes) {
        slots.put(bytes);
        long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        long begin = threads.getCurrentThreadCpuTime();
        Object value = MISS;
        try {
            value = target.reads().read("attacked:" + target.specimen().name() + ":k", () -> MISS, loaded -> false);
        } catch (Throwable reachedTheCaller) {
            findings.violation(target.specimen().name() + ": " + reachedTheCaller, bytes);
        }
        // not by the clock: on a busy machine that says when the thread was let on
        long took = threads.getCurrentThreadCpuTime() - begin;
        if (!measuring) {
            return value;
        }
        findings.cost(threads.getCurrentThreadAllocatedBytes() - allocatedBefore, bytes.length, took);
        return value;
    }
}
