package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.codec.ClassVersion;
import io.cacheaside.codec.Evolution;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.engine.Loader;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Lookup;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.ValueCodec;
import io.cacheaside.test.SlotsUnderTest;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two releases of an application, each with its own class of the same name, on one Redis. */
class RollingDeployTest {

    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final ClassVersion OLD =
            ClassVersion.of("record Product(long id, String name) {}", "Product", "new Product(1, \"cup\")");
    private static final ClassVersion NEW = ClassVersion.of(
            "record Product(long id, String name, String color) {}", "Product", "new Product(1, \"cup\", \"red\")");

    private final SlotsUnderTest slots = SharedRedis.slots();
    private final String key = "contract:product:" + UUID.randomUUID();
    private final Application old = new Application(OLD, slots);
    private final Application next = new Application(NEW, slots);

    /** One JVM's client, with what it has loaded. */
    private static final class Application {

        private final ClassVersion release;
        private final CacheStore store;
        private final CacheAsideClient client;
        private final ReadPath reads;
        private final long fingerprint;
        private final AtomicInteger loads = new AtomicInteger();

        Application(ClassVersion release, SlotsUnderTest slots) {
            this(release, slots, Evolution.STRICT);
        }

        Application(ClassVersion release, SlotsUnderTest slots, Evolution evolution) {
            this.release = release;
            this.store = slots.store();
            ValueCodec codec = KryoCodec.builder().evolution(evolution).build();
            this.client = CacheAsideClient.builder()
                    .namespace("contract")
                    .store(store)
                    .leases(slots.leases())
                    .codec(codec)
                    .defaults(CacheSettings.builder()
                            .readTimeout(PATIENT)
                            .leaseTimeout(PATIENT)
                            .invalidateTimeout(PATIENT)
                            .build())
                    .build();
            this.reads = client.readPath(client.policyOf("product", CacheSettings.NONE), release.type());
            this.fingerprint = codec.formatOf(release.type()).fingerprint();
        }

        @Nullable
        Object read(String key, Loader loader) {
            try {
                return reads.read(
                        key,
                        () -> {
                            loads.incrementAndGet();
                            return loader.load();
                        },
                        null);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        String read(String key) {
            return String.valueOf(read(key, release::value));
        }

        /** Reads, and waits until what may have been loaded is stored. */
        void readAndStore(String key) {
            read(key);
            await("the fill", () -> has(key));
        }

        boolean has(String key) {
            byte[] stored = OwnRedis.answer(store.get(key));
            return stored != null && Frame.read(stored, fingerprint) instanceof Lookup.Value;
        }

        void invalidate(String key) {
            client.invalidate("product", List.of(key));
        }
    }

    @AfterEach
    void close() {
        old.client.close();
        next.client.close();
    }

    @Test
    void eachRelease_loadsOnce() {
        for (int i = 0; i < 5; i++) {
            old.readAndStore(key);
            next.readAndStore(key);
        }
        assertThat(old.read(key)).isEqualTo("Product[id=1, name=cup]");
        assertThat(next.read(key)).isEqualTo("Product[id=1, name=cup, color=red]");
        assertThat(old.loads).hasValue(1);
        assertThat(next.loads).hasValue(1);
    }

    @Test
    void invalidationByOneRelease_isSeenByBoth() {
        old.readAndStore(key);
        next.readAndStore(key);
        old.invalidate(key);
        assertThat(old.has(key)).isFalse();
        assertThat(next.has(key)).isFalse();
        next.readAndStore(key);
        old.readAndStore(key);
        assertThat(old.loads).hasValue(2);
        assertThat(next.loads).hasValue(2);
    }

    @Test
    void invalidationDuringALoad_voidsItAndTheOtherReleasesEntry() {
        old.readAndStore(key);
        next.read(key, () -> {
            old.invalidate(key);
            return NEW.value();
        });
        next.readAndStore(key);
        assertThat(next.loads).hasValue(2);
        assertThat(old.has(key)).isFalse();
        old.read(key);
        assertThat(old.loads).hasValue(2);
    }

    @Test
    void tolerantReleases_shareOneEntry() {
        Application tolerant = new Application(OLD, slots, Evolution.TOLERANT);
        Application nextTolerant = new Application(NEW, slots, Evolution.TOLERANT);
        tolerant.readAndStore(key);
        assertThat(nextTolerant.read(key)).isEqualTo("Product[id=1, name=cup, color=null]");
        assertThat(nextTolerant.loads).hasValue(0);
        tolerant.invalidate(key);
        nextTolerant.readAndStore(key);
        assertThat(tolerant.read(key)).isEqualTo("Product[id=1, name=cup]");
        assertThat(tolerant.loads).hasValue(1);
        tolerant.client.close();
        nextTolerant.client.close();
    }

    /** T1 while both releases load, fill beside each other and invalidate. */
    @Test
    void noReadAfterAWrite_isOlderThanIt() throws InterruptedException {
        AtomicLong row = new AtomicLong();
        AtomicLong written = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        List<Thread> readers = new ArrayList<>();
        for (Application application : List.of(old, next, old, next)) {
            readers.add(new Thread(() -> {
                while (!over.get()) {
                    long atLeast = written.get();
                    String read = String.valueOf(application.read(key, () -> product(application.release, row.get())));
                    if (Long.parseLong(read.replaceAll("\\D+", "")) < atLeast) {
                        violations.add(read + " after " + atLeast);
                    }
                }
            }));
        }
        readers.forEach(Thread::start);
        for (int i = 1; i <= 400; i++) {
            row.set(i);
            (i % 2 == 0 ? old : next).invalidate(key);
            written.set(i);
            if (i % 10 == 0) {
                await("both releases are stored", () -> old.has(key) && next.has(key));
            }
        }
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(violations).isEmpty();
    }

    private static Object product(ClassVersion release, long id) throws ReflectiveOperationException {
        Constructor<?> constructor = ((Class<?>) release.type()).getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.getParameterCount() == 2
                ? constructor.newInstance(id, "cup")
                : constructor.newInstance(id, "cup", "red");
    }
}
