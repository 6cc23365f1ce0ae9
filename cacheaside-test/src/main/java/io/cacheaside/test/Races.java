package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import io.cacheaside.spi.TransactionBoundary;
import io.cacheaside.test.GatedSlots.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The cast of a race: two JVMs that share the slots, and a source of one versioned row. Gates force the order. In each
 * race a read that began after a write had returned must see that write, and at rest the slot is empty or equal to the
 * source.
 */
public abstract class Races {

    private final List<TestJvm> jvms = new ArrayList<>();
    private final VersionedSource source = new VersionedSource();
    private final String key = TestJvm.key(UUID.randomUUID().toString());
    private @Nullable TestJvm first;
    private @Nullable TestJvm second;

    /** One more JVM's view of the slots that all views share. */
    protected abstract Slots connect();

    @BeforeEach
    void startTwoJvms() {
        first = jvm(TestJvm.settings());
        second = jvm(TestJvm.settings());
    }

    @AfterEach
    void stop() {
        jvms.forEach(TestJvm::close);
    }

    final TestJvm a() {
        return started(first);
    }

    final TestJvm b() {
        return started(second);
    }

    private static TestJvm started(@Nullable TestJvm jvm) {
        if (jvm == null) {
            throw new IllegalStateException("not started");
        }
        return jvm;
    }

    /** One more JVM. */
    final TestJvm jvm(CacheSettings settings) {
        TestJvm jvm = new TestJvm(connect(), settings);
        jvms.add(jvm);
        return jvm;
    }

    /** One more JVM, which tells {@code listener}. */
    final TestJvm jvm(CacheListener listener) {
        TestJvm jvm = new TestJvm(connect(), TestJvm.settings(), listener, TransactionBoundary.none());
        jvms.add(jvm);
        return jvm;
    }

    /** One more JVM, inside transactions that the test begins. */
    final TestJvm jvm(CacheSettings settings, TransactionBoundary transactions) {
        TestJvm jvm = new TestJvm(connect(), settings, CacheListener.none(), transactions);
        jvms.add(jvm);
        return jvm;
    }

    /** One more JVM, whose marks live for {@code markTtl}. */
    final TestJvm jvm(Duration markTtl) {
        TestJvm jvm =
                new TestJvm(connect(), TestJvm.settings(), CacheListener.none(), TransactionBoundary.none(), markTtl);
        jvms.add(jvm);
        return jvm;
    }

    /** One more JVM, whose callers may be in {@code transactions}. */
    final TestJvm jvm(TransactionBoundary transactions) {
        TestJvm jvm = new TestJvm(connect(), TestJvm.settings(), CacheListener.none(), transactions);
        jvms.add(jvm);
        return jvm;
    }

    final VersionedSource source() {
        return source;
    }

    /** The key of the source's row. */
    final String key() {
        return key;
    }

    /** What is stored under {@link #key}, or null. */
    final byte @Nullable [] stored() {
        return answer(connect().store().get(key));
    }

    /** A write: commit, then the invalidation is acknowledged. */
    final void write(TestJvm jvm) {
        source.commit();
        int answered = jvm.gates().answered(Operation.INVALIDATE);
        jvm.invalidate(key);
        assertThat(jvm.gates().answered(Operation.INVALIDATE)).isGreaterThan(answered);
    }

    final void assertFresh(String expected) throws Throwable {
        assertThat(a().read(key, source.loader())).isEqualTo(expected);
        assertThat(b().read(key, source.loader())).isEqualTo(expected);
    }

    /** Waits until loads get leases again, because the marks have ended. */
    final void awaitUnmarked() {
        Leases leases = connect().leases();
        await("the marks' end", () -> {
            long probe = ThreadLocalRandom.current().nextLong();
            LeaseAttempt attempt = answer(leases.acquire(key, probe, Duration.ofSeconds(1), false));
            answer(leases.release(key, probe));
            return !(attempt instanceof LeaseAttempt.Marked);
        });
    }

    /** Waits until nobody has the lease any more. */
    final void awaitFreeLease() {
        Leases leases = connect().leases();
        await("a free lease", () -> {
            long probe = ThreadLocalRandom.current().nextLong();
            boolean free =
                    answer(leases.acquire(key, probe, Duration.ofSeconds(1), false)) instanceof LeaseAttempt.Taken;
            answer(leases.release(key, probe));
            return free;
        });
    }

    static void awaitAnswered(TestJvm jvm, Operation operation, int times) {
        await(operation + " answered " + times + " times", () -> jvm.gates().answered(operation) >= times);
    }

    static <T> T answer(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
